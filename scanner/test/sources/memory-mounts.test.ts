import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryFiles } from '@guardimesh/scanner/sources/memory-mounts.js'
import { afterEach, beforeEach, expect, test } from 'vitest'

const PID = 7
let hostRoot: string

beforeEach(() => {
  hostRoot = mkdtempSync(join(tmpdir(), 'memory-mounts-'))
  for (const folder of ['proc/7/root/dev/shm', 'proc/7/root/etc']) mkdirSync(join(hostRoot, folder), { recursive: true })
})
afterEach(() => rmSync(hostRoot, { recursive: true }))

/** Writes tmpfs mounts into the container's mountinfo. */
function mounted(...destinations: string[]): void {
  const lines = destinations.map((destination, n) => `${n + 20} 19 0:${n + 30} / ${destination} rw - tmpfs tmpfs rw\n`)
  writeFileSync(join(hostRoot, 'proc/7/mountinfo'), lines.join(''))
}

function found(): string[] {
  const container = { pid: PID, mounts: [] } as unknown as Parameters<typeof memoryFiles>[1]
  return [...memoryFiles(hostRoot, container, 'upperdir')].map((item) =>
    item.kind === 'file' ? item.file.path.toString() : `${item.entry.reason} ${item.entry.path}`,
  )
}

test('lists files in a tmpfs folder', () => {
  writeFileSync(join(hostRoot, 'proc/7/root/dev/shm/x'), 'content')
  mounted('/dev/shm')
  expect(found()).toEqual(['/dev/shm/x'])
})

test('ignores a single file that the runtime mounts from memory', () => {
  writeFileSync(join(hostRoot, 'proc/7/root/etc/hosts'), '127.0.0.1 localhost')
  mounted('/etc/hosts')
  expect(found()).toEqual([])
})
