import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FindingMemory } from '@guardimesh/scanner/processes/scanner/reporting/finding-memory.js'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { Sender } from '@guardimesh/scanner/report/sender.js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startIngestServer } from './ingest-server.js'
import { aRecord, drain, openSpool, quietLog, temporaryFolder } from './spool-builders.js'

/** A state folder on its own small disk. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>
const at = (name: string) => join(folder.path, name)
beforeEach(async () => {
  folder = await temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path])
})
afterEach(async () => {
  execFileSync('umount', [folder.path])
  await folder[Symbol.asyncDispose]()
})

function fillDisk(): void {
  try {
    for (;;) appendFileSync(at('filler'), Buffer.alloc(4096, 1))
  } catch {
    // The disk is full now.
  }
}
const freeDisk = () => rmSync(at('filler'))

test('rejects records while the disk is full, keeps the stored ones, and accepts records once there is space', async () => {
  const spool = await openSpool(at('spool'))
  await spool.append([aRecord('before', 1)])
  fillDisk()
  const large = aRecord('late', 1, 'x'.repeat(10_000))
  await expect(spool.append([large])).rejects.toThrow(/failed to write to the spool/)
  freeDisk()
  await spool.append([large])
  expect(await drain(spool)).toEqual(['before', 'late'])
  await spool[Symbol.asyncDispose]()
})

test('opens a spool whose last record was truncated by a full disk, and returns the complete records', async () => {
  const spool = await openSpool(at('spool'))
  await spool.append([aRecord('before', 1)])
  await spool[Symbol.asyncDispose]()
  const [segment] = readdirSync(at('spool'))
  const { payload } = aRecord('torn', 1)
  appendFileSync(at(`spool/${segment}`), payload.subarray(0, 20))
  fillDisk()
  const again = await openSpool(at('spool'))
  expect(await drain(again)).toEqual(['before'])
  await again[Symbol.asyncDispose]()
})

test('keeps reported findings in memory while the disk is full, and earlier ones on disk', async () => {
  const [key, other] = ['a'.repeat(32), 'b'.repeat(32)]
  const before = await FindingMemory.open(at('reported'), quietLog)
  before.markReported([key])
  before[Symbol.dispose]()
  fillDisk()
  const memory = await FindingMemory.open(at('reported'), quietLog)
  expect(memory.claim(key, 60_000)).toBe(false)
  // Larger than a page, so that the disk has no space for it.
  const many = Array.from({ length: 400 }, (_, n) => n.toString(16).padStart(32, '0'))
  memory.markReported([...many, other])
  expect(memory.claim(other, 60_000)).toBe(false)
  freeDisk()
  memory.markReported([other])
  memory[Symbol.dispose]()
  const after = await FindingMemory.open(at('reported'), quietLog)
  expect([key, other].map((reported) => after.claim(reported, 60_000))).toEqual([false, false])
  after[Symbol.dispose]()
})

test('sends results even when the disk rejects the acknowledgement of gaps', async () => {
  const server = await startIngestServer()
  writeFileSync(at('api-key'), 'gm_test\n')
  const spool = await openSpool(at('spool'))
  const backend = new BackendClient({ baseUrl: server.url, apiKeyFile: at('api-key'), timeoutMs: 1000 })
  const sender = new Sender({ spool, lane: 'results', backend, clusterId: 'c', nodeName: 'n', refusedFolder: at('refused'), log: quietLog })
  await spool.gaps.add('spool_full', { cleanResults: 1, findingResults: 0, findings: 0, sightings: 0, fromMs: 1, toMs: 2 })
  await spool.append([aRecord('first', 1)])
  fillDisk()
  const stop = new AbortController()
  const running = sender.run(stop.signal)
  await vi.waitFor(() => expect([...server.stored.keys()]).toEqual(['first']), { timeout: 5000 })
  expect(server.gaps.size).toBe(1)
  freeDisk()
  await spool.append([aRecord('second', 1)])
  await vi.waitFor(() => expect([...server.stored.keys()]).toEqual(['first', 'second']), { timeout: 5000 })
  stop.abort()
  await running
  backend[Symbol.dispose]()
  await spool[Symbol.asyncDispose]()
  await server.close()
})
