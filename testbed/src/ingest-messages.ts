import { randomBytes } from 'node:crypto'
import { type Draft, messages } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'

export type ResultDraft = Draft<'ClamResult'>
export type FindingDraft = Draft<'Finding'>

/** A valid finding with all fields. */
export function aFinding(changes: FindingDraft = {}): FindingDraft {
  const nowMs = Date.now()
  return {
    findingId: uuidV7(nowMs),
    signatureName: 'Test.Signature-1',
    path: Buffer.from('/srv/upload.bin'),
    scanSource: 9,
    sha256: randomBytes(32),
    sizeBytes: 68,
    layer: 'upperdir',
    mode: 0o100644,
    modifiedAtMs: nowMs - 40,
    changedAtMs: nowMs - 40,
    process: {
      pid: 4711,
      parentPid: 1,
      exe: Buffer.from('/bin/busybox'),
      commandLine: Buffer.from('sh -c true'),
      parentName: 'sh',
      uid: 0,
    },
    engine: 'clamav',
    engineVersion: 'ClamAV 1.4.3',
    signatureGeneration: '20261120-1',
    severity: 4,
    description: 'A file that was just written holds malware.',
    detectedAtMs: nowMs,
    ...changes,
  }
}

/** A valid result with all fields and one finding. */
export function aResult(changes: ResultDraft = {}): ResultDraft {
  const nowMs = Date.now()
  return {
    resultId: uuidV7(nowMs),
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName: 'shop-1',
    podUid: '0f8fad5b-d9cb-469f-a165-70867728950e',
    containerName: 'web',
    containerId: 'c0ffee',
    image: 'shop:1',
    imageDigest: `sha256:${'0'.repeat(64)}`,
    podIp: '10.0.0.2',
    hostIp: '10.0.0.1',
    trigger: 3,
    startedAtMs: nowMs - 30,
    finishedAtMs: nowMs,
    filesScanned: 1,
    bytesScanned: 68,
    signatureGeneration: '20261120-1',
    engineVersion: 'ClamAV 1.4.3',
    findings: [aFinding()],
    ...changes,
  }
}

export type SightingDraft = Draft<'FileSighting'>

/** A valid sighting with all fields, clean a minute ago. */
export function aSighting(changes: SightingDraft = {}): SightingDraft {
  const atMs = Date.now() - 60_000
  return {
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName: 'shop-1',
    containerName: 'web',
    containerId: 'c0ffee',
    image: 'shop:1',
    sha256: randomBytes(32),
    sizeBytes: 68,
    path: Buffer.from('/srv/upload.bin'),
    scanSource: 9,
    firstSeenAtMs: atMs,
    lastSeenAtMs: atMs,
    cleanGeneration: '20261120-1',
    ...changes,
  }
}

/** Encodes the body of a batch. */
export function batchBody(
  results: readonly ResultDraft[],
  gaps: readonly Draft<'Gap'>[] = [],
  sightings: readonly SightingDraft[] = [],
): Uint8Array {
  return messages.ClamResultBatch.encode({ results: [...results], gaps: [...gaps], sightings: [...sightings] }).finish()
}
