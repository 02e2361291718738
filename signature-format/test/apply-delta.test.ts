import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { applyDelta } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, test } from 'vitest'

/** Applies a script to `own.ndb`, beside whose folder is a file that is none of its business. */
async function applied(script: string): Promise<{ content: string; beside: string }> {
  const folder = await temporaryFolder('apply-update')
  const [oldFile, updateFile, beside, target] = ['own.ndb', 'update', 'beside', 'made'].map((name) => join(folder, name)) as [
    string,
    ...[string, string, string],
  ]
  await mkdir(join(folder, 'work'))
  await writeFile(oldFile, 'one\ntwo\n')
  await writeFile(beside, 'out one\nout two\n')
  await writeFile(updateFile, gzipSync(script))
  const step = { oldFile, form: 'script' as const, updateFile, workFolder: join(folder, 'work'), target }
  const done = applyDelta(step, new AbortController().signal)
  const content = await done.then(
    () => readFile(target, 'utf8'),
    (error: Error) => error.message,
  )
  return { content, beside: await readFile(beside, 'utf8') }
}

test('a script changes the file', async () => {
  expect(await applied('OPEN own.ndb\nDEL 1 one\nADD three\nCLOSE\n')).toMatchObject({ content: 'two\nthree\n' })
})

test.each([
  { name: 'appends to a file elsewhere', script: 'MOVE own.ndb ../../beside 1 one 2 two\n' },
  { name: 'takes lines of a file elsewhere', script: 'MOVE ../../beside own.ndb 1 out 2 out\n' },
  {
    name: 'does so behind a line that is longer than a chunk',
    script: `OPEN own.ndb\nADD ${'a'.repeat(100_000)}\nCLOSE\nMOVE ../../beside own.ndb 1 out 2 out\n`,
  },
  { name: 'does so in a last line without end', script: 'OPEN own.ndb\nCLOSE\nMOVE ../../beside own.ndb 1 out 2 out' },
  { name: 'does so behind a note', script: '#\n MOVE ../../beside own.ndb 1 out 2 out\n' },
  { name: 'opens a file elsewhere', script: 'OPEN ../../beside\nADD x\nCLOSE\n' },
  { name: 'removes a file elsewhere', script: 'UNLINK ../../beside\n' },
])('a script that $name is refused before anything is changed', async ({ script }) => {
  const { content, beside } = await applied(script)
  expect(content).toMatch(/^the update update cannot be applied: /)
  expect(beside).toBe('out one\nout two\n')
})
