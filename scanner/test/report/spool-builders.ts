import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messages } from '@guardimesh/contracts'
import { createLogger, uuidV7 } from '@guardimesh/kit'
import { Spool } from '@guardimesh/scanner/report/spool.js'
import type { SpoolRecord } from '@guardimesh/scanner/report/spool-record.js'

export const quietLog = createLogger('test', 'silent')

/** Creates a folder that is removed when it is disposed. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'guardimesh-report-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export function openSpool(folder: string, maxBytes = 64 * 1024 * 1024): Promise<Spool> {
  return Spool.open({ folder, maxBytes, log: quietLog })
}

/** Builds a valid encoded result; `name` identifies it. */
export function aRecord(name: string, findings = 0, padding = ''): SpoolRecord {
  const nowMs = Date.now()
  const finding = () => ({
    findingId: uuidV7(),
    signatureName: 'Test.Signature',
    path: Buffer.from('/tmp/x'),
    scanSource: 1,
    severity: 4,
    engine: 'clamav',
    detectedAtMs: nowMs,
  })
  const payload = messages.ClamResult.encode({
    resultId: uuidV7(),
    clusterId: 'c',
    nodeName: 'n',
    containerId: name,
    image: padding,
    trigger: 1,
    startedAtMs: nowMs,
    finishedAtMs: nowMs,
    findings: Array.from({ length: findings }, finding),
  }).finish()
  return { payload, findings, atMs: nowMs }
}

/** Builds valid sightings of a container with this name. */
export function aSightingsRecord(containerId: string, count: number, padding = ''): SpoolRecord {
  const atMs = Date.now()
  const sighting = (n: number) => ({
    clusterId: 'c',
    nodeName: 'n',
    containerId,
    image: padding,
    sha256: createHash('sha256').update(`${containerId} ${n}`).digest(),
    sizeBytes: 1,
    path: Buffer.from(`/srv/${n}`),
    scanSource: 1,
    firstSeenAtMs: atMs,
    lastSeenAtMs: atMs,
    cleanGeneration: 'g1',
  })
  const payload = messages.ClamResultBatch.encode({ sightings: Array.from({ length: count }, (_, n) => sighting(n)) }).finish()
  return { payload, findings: count, atMs }
}

export function nameOf(record: SpoolRecord): string {
  return messages.ClamResult.decode(record.payload).containerId
}

/** Reads and acknowledges all results of a spool. @returns their names. */
export async function drain(spool: Spool): Promise<string[]> {
  const names: string[] = []
  for (let batch = await spool.read(7, 1 << 20); batch; batch = await spool.read(7, 1 << 20)) {
    names.push(...batch.records.map(nameOf))
    await spool.acknowledge(batch, batch.records.length)
  }
  return names
}
