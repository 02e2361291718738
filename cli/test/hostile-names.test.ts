import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOSTILE_NAMES } from '@guardimesh/testbed/hostile-names.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { asLine } from '../src/terminal/format.js'
import { captureOutput } from './fixture/capture-output.js'

/** The list of skipped files is cut after this number of names. */
const NAMES_SHOWN = 10
const PARTS = Array.from({ length: Math.ceil(HOSTILE_NAMES.length / NAMES_SHOWN) }, (_, part) =>
  HOSTILE_NAMES.slice(part * NAMES_SHOWN, (part + 1) * NAMES_SHOWN),
)

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder('cli-names')
  expect(await run('keygen', join(folder, 'site'))).toMatchObject({ exitCode: 0 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) => captureOutput(() => runCli(['signatures', ...args]))
/** A backslash stays, unlike in API and console. */
const shownByCli = (bytes: string) => asLine(Buffer.from(bytes, 'latin1').toString('utf8'))

test.each(PARTS)('prints $name and others without a character that a terminal obeys', async (...names) => {
  const hostile = join(folder, String(PARTS.findIndex(([first]) => first === names[0])))
  mkdirSync(hostile)
  writeFileSync(join(hostile, 'ours.ndb'), 'Test.Ours:0:*:0102030405060708\n')
  for (const { bytes } of names) writeFileSync(Buffer.from(`${hostile}/${bytes}`, 'latin1'), '')
  const packed = await run('pack', hostile, '--key', join(folder, 'site.key'), '--output', join(folder, 'out'))
  expect(packed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^[\n\P{C}]*$/u) })
  const skipped = /^skipped, not a signature file: (.*)$/m.exec(packed.stdout)?.[1]?.split(', ')
  expect(skipped?.toSorted()).toEqual(names.map(({ bytes }) => shownByCli(bytes)).toSorted())
})
