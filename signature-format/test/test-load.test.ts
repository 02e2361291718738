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

test('what loads tells which signature it finds, or none', async () => {
  expect(await testLoad({ databaseFolder: good, content }, never)).toMatch(/^Test\.Known/)
  expect(await testLoad({ databaseFolder: good, content: Buffer.from('something else') }, never)).toBeUndefined()
})

test.each([
  { name: 'a database that is broken', databaseFolder: bad, says: /bad\.ndb: Malformed database/ },
  { name: 'no database', databaseFolder: folder, says: /No supported database files/ },
  { name: 'more memory than it may take', databaseFolder: large, memoryBytes: 1_000_000, says: /more than 1000000 bytes of memory/ },
  { name: 'more time than it may take', databaseFolder: large, timeoutMs: 1, says: /not done in 1 ms/ },
])('refused: $name', async ({ says, ...load }) => {
  await expect(testLoad({ content, ...load }, never)).rejects.toMatchObject({
    code: 'SIGNATURES_INVALID',
    message: expect.stringMatching(says),
  })
})

test('stopped in the middle, it throws the reason', async () => {
  const stop = new AbortController()
  const loading = testLoad({ databaseFolder: large, content }, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(loading).rejects.toThrow('stopped')
})

test('files that are scanned after it tell which signature finds them, one after the other, and how much memory that took', async () => {
  const [known, clean] = [join(folder, 'known.txt'), join(folder, 'clean.txt')]
  await writeFile(known, content)
  await writeFile(clean, 'nothing\n')
  const counts: number[] = []
  const more = { files: [clean, known, join(folder, 'absent')], timeoutMs: 60_000, onScanned: (count: number) => counts.push(count) }
  const loaded = await loadAndScan({ databaseFolder: good, content: Buffer.from('x'), more }, never)
  expect(loaded).toMatchObject({ found: undefined, isComplete: true, hits: [{ file: known, signature: 'Test.Known.UNOFFICIAL' }] })
  expect(counts.slice(0, 3)).toEqual([0, 1, 2])
})

test('the memory of a load is measured', async () => {
  const { memoryBytes } = await loadAndScan({ databaseFolder: large, content }, never)
  expect(memoryBytes).toBeGreaterThan(20_000_000)
})
