import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBeginning } from './proc-files.js'

const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guardimesh-proc-'))
})
afterAll(() => rm(folder, { recursive: true }))

test.each([
  { size: 0, max: 100 },
  { size: 300, max: 100 },
  { size: 65_536, max: 65_536 },
  { size: 65_537, max: 200_000 },
  { size: 200_000, max: 131_073 },
  { size: 200_000, max: 300_000 },
])('reads up to $max of $size bytes', async ({ size, max }) => {
  const path = join(folder, `${size}-${max}`)
  await writeFile(path, content.subarray(0, size))
  const [one, other] = [readBeginning(path, max), readBeginning('/proc/self/stat', 100)]
  // A later read must not change it.
  expect(other?.length).toBeGreaterThan(0)
  expect(one?.equals(content.subarray(0, Math.min(size, max)))).toBe(true)
})

test('returns nothing for a process that has ended', () => {
  expect(readBeginning('/proc/4194305/stat', 100)).toBeUndefined()
})
