import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { applyDelta } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, test } from 'vitest'

/** Applies a script to `own.ndb`, and returns the result and the content of a file outside of its folder. */
async function applied(script: string): Promise<{ content: string; outside: string }> {
  const folder = await temporaryFolder('apply-delta')
  const [oldFile, deltaFile, outside, target] = ['own.ndb', 'delta', 'outside', 'result'].map((name) => join(folder, name)) as [
    string,
    ...[string, string, string],
  ]
  await mkdir(join(folder, 'work'))
  await writeFile(oldFile, 'one\ntwo\n')
  await writeFile(outside, 'out one\nout two\n')
  await writeFile(deltaFile, gzipSync(script))
  const task = { oldFile, form: 'script' as const, deltaFile, workFolder: join(folder, 'work'), target }
  const applied = applyDelta(task, new AbortController().signal)
  const content = await applied.then(
    () => readFile(target, 'utf8'),
    (error: Error) => error.message,
  )
  return { content, outside: await readFile(outside, 'utf8') }
}

test('applies a script to the file', async () => {
  expect(await applied('OPEN own.ndb\nDEL 1 one\nADD three\nCLOSE\n')).toMatchObject({ content: 'two\nthree\n' })
})

test.each([
  { name: 'appends to a file outside of the folder', script: 'MOVE own.ndb ../../outside 1 one 2 two\n' },
  { name: 'moves lines from a file outside of the folder', script: 'MOVE ../../outside own.ndb 1 out 2 out\n' },
  {
    name: 'does so after a line that is longer than a chunk',
    script: `OPEN own.ndb\nADD ${'a'.repeat(100_000)}\nCLOSE\nMOVE ../../outside own.ndb 1 out 2 out\n`,
  },
  { name: 'does so in a last line without a newline', script: 'OPEN own.ndb\nCLOSE\nMOVE ../../outside own.ndb 1 out 2 out' },
  { name: 'does so after a comment', script: '#\n MOVE ../../outside own.ndb 1 out 2 out\n' },
  { name: 'opens a file outside of the folder', script: 'OPEN ../../outside\nADD x\nCLOSE\n' },
  { name: 'removes a file outside of the folder', script: 'UNLINK ../../outside\n' },
])('rejects a script that $name before changing any file', async ({ script }) => {
  const { content, outside } = await applied(script)
  expect(content).toMatch(/^the delta delta cannot be applied: /)
  expect(outside).toBe('out one\nout two\n')
})
