import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFindingMemory } from './find-finding-memory.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guardimesh-state-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('takes over the file of version 0.1.0', async () => {
  await writeFile(join(folder, 'known-findings.bin'), 'records')
  const path = await findFindingMemory(folder)
  expect(path).toBe(join(folder, 'reported-findings.bin'))
  expect(await readFile(path, 'utf8')).toBe('records')
})

test('keeps a newer file', async () => {
  await writeFile(join(folder, 'known-findings.bin'), 'older')
  await writeFile(join(folder, 'reported-findings.bin'), 'newer')
  expect(await readFile(await findFindingMemory(folder), 'utf8')).toBe('newer')
})
