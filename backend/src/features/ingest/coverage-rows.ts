import { hash } from 'node:crypto'
import { type ClamResultMessage, COVERAGE_REASONS, type CoverageMessage, fromWireNumber } from '@guardimesh/contracts'
import { displayPath } from '@guardimesh/kit'

/** A row of `coverage`. */
export interface CoverageRow {
  /** The row's key as one text: equal for what must become one row, and the order in which rows are locked. */
  readonly key: string
  readonly clusterId: string
  readonly containerId: string
  readonly reason: string
  readonly pathHash: Buffer
  readonly path: string
  /** null when `path` is the path itself. */
  readonly pathBytes: Uint8Array | null
  readonly count: number
  readonly sizeBytes: number
  readonly detail: string
  readonly nodeName: string
  readonly namespace: string
  readonly podName: string
  readonly containerName: string
  readonly image: string
  readonly seenAtMs: number
}

/** Makes the row of one entry. A node whose clock is ahead cannot claim the future. Pure. */
export function coverageRow(result: ClamResultMessage, entry: CoverageMessage, nowMs: number): CoverageRow {
  const reason = fromWireNumber(COVERAGE_REASONS, entry.reason) ?? ''
  const pathHash = hash('sha256', entry.path, 'buffer')
  const path = displayPath(entry.path)
  return {
    key: `${result.clusterId}\0${result.containerId}\0${reason}\0${pathHash.toString('latin1')}`,
    clusterId: result.clusterId,
    containerId: result.containerId,
    reason,
    pathHash,
    path,
    pathBytes: Buffer.byteLength(path) === entry.path.length ? null : entry.path,
    count: entry.count,
    sizeBytes: entry.sizeBytes,
    detail: entry.detail,
    nodeName: result.nodeName,
    namespace: result.namespace,
    podName: result.podName,
    containerName: result.containerName,
    image: result.image,
    seenAtMs: Math.min(result.finishedAtMs, nowMs),
  }
}

/** Leaves one row, the latest, for each key, sorted by key: one statement may not touch a row twice, and two must not lock in two orders. Pure. */
export function mergeCoverage(rows: Iterable<CoverageRow>): CoverageRow[] {
  const latest = new Map<string, CoverageRow>()
  for (const row of rows) {
    const known = latest.get(row.key)
    if (!known || known.seenAtMs <= row.seenAtMs) latest.set(row.key, row)
  }
  return [...latest.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
