import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAndScan, testLoad } from '@guardimesh/signature-format'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'test-load-'))
const [good, bad, large] = [join(folder, 'good'), join(folder, 'bad'), join(folder, 'large')]
const content = Buffer.from('this text is known\n')
const { signal: never } = new AbortController()

beforeAll(async () => {
  for (const path of [good, bad, large]) await mkdir(path)
  await writeFile(join(good, 'own.ndb'), `Test.Known:0:*:${Buffer.from('is known').toString('hex')}\n`)
  await writeFile(join(bad, 'bad.ndb'), 'nonsense\n')
  const lines = Array.from({ length: 300_000 }, (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:T.${n}\n`)
  await writeFile(join(large, 'large.hdb'), lines.join(''))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('returns the signature that matches the content, or undefined', async () => {
  expect(await testLoad({ databaseFolder: good, content }, never)).toMatch(/^Test\.Known/)
  expect(await testLoad({ databaseFolder: good, content: Buffer.from('something else') }, never)).toBeUndefined()
})

test.each([
  { name: 'an invalid database', databaseFolder: bad, message: /bad\.ndb: Malformed database/ },
  { name: 'no database', databaseFolder: folder, message: /No supported database files/ },
  { name: 'exceeded memory limit', databaseFolder: large, memoryBytes: 1_000_000, message: /memory limit of 1000000 bytes exceeded/ },
  { name: 'timeout', databaseFolder: large, timeoutMs: 1, message: /timeout after 1 ms/ },
])('rejects: $name', async ({ message, ...load }) => {
  await expect(testLoad({ content, ...load }, never)).rejects.toMatchObject({
    code: 'SIGNATURES_INVALID',
    message: expect.stringMatching(message),
  })
})

test("throws the signal's reason when aborted", async () => {
  const stop = new AbortController()
  const loading = testLoad({ databaseFolder: large, content }, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(loading).rejects.toThrow('stopped')
})

test('scans extra files and reports progress and matches', async () => {
  const [known, clean] = [join(folder, 'known.txt'), join(folder, 'clean.txt')]
  await writeFile(known, content)
  await writeFile(clean, 'nothing\n')
  const counts: number[] = []
  const extraFiles = { files: [clean, known, join(folder, 'absent')], timeoutMs: 60_000, onScanned: (count: number) => counts.push(count) }
  const loaded = await loadAndScan({ databaseFolder: good, content: Buffer.from('x'), extraFiles }, never)
  expect(loaded).toMatchObject({ found: undefined, isComplete: true, hits: [{ file: known, signature: 'Test.Known.UNOFFICIAL' }] })
  expect(counts.slice(0, 3)).toEqual([0, 1, 2])
})

test('measures the memory of a load', async () => {
  const { memoryBytes } = await loadAndScan({ databaseFolder: large, content }, never)
  expect(memoryBytes).toBeGreaterThan(20_000_000)
})
