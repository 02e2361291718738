import type { Draft } from '../messages.js'

/** A UUID with the given version nibble (0x70 for version 7). */
export function aUuid(version = 0x70): Uint8Array {
  return Uint8Array.of(1, 2, 3, 4, 5, 6, version, 8, 0x80, 10, 11, 12, 13, 14, 15, 16)
}

export function aFinding(changes: Draft<'Finding'> = {}): Draft<'Finding'> {
  return {
    findingId: aUuid(),
    signatureName: 'Test.Signature',
    path: Uint8Array.of(0x2f, 0x61),
    scanSource: 1,
    sha256: new Uint8Array(32),
    severity: 4,
    ...changes,
  }
}

export function aResult(changes: Draft<'ClamResult'> = {}): Draft<'ClamResult'> {
  return { resultId: aUuid(), clusterId: 'c1', nodeName: 'n1', containerId: 'abc', trigger: 1, startedAtMs: 1, finishedAtMs: 2, ...changes }
}

export function aGap(changes: Draft<'Gap'> = {}): Draft<'Gap'> {
  return { gapId: aUuid(), clusterId: 'c1', nodeName: 'n1', reason: 'spool_full', cleanResults: 3, ...changes }
}

export function aSighting(changes: Draft<'FileSighting'> = {}): Draft<'FileSighting'> {
  const sha256 = new Uint8Array(32)
  return { clusterId: 'c1', nodeName: 'n1', containerId: 'abc', sha256, scanSource: 1, firstSeenAtMs: 1, lastSeenAtMs: 2, ...changes }
}
