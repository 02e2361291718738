import { hash } from 'node:crypto'
import { type ClamResultMessage, COVERAGE_REASONS, type CoverageMessage, fromWireNumber, SCAN_TRIGGERS } from '@guardimesh/contracts'
import { displayPath } from '@guardimesh/kit'

/** A row of `coverage`. */
export interface CoverageRow {
  /** Primary key as one string; rows are merged and locked by it. */
  readonly key: string
  readonly clusterId: string
  readonly containerId: string
  readonly reason: string
  readonly pathHash: Buffer
  readonly path: string
  /** null if `path` is identical to the bytes. */
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

/** Builds the row of one entry. Times are limited to `nowMs`, because the clock of a node may be ahead. Pure. */
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

/** A container whose image layers have all been scanned. */
export interface CompletedImage {
  readonly clusterId: string
  readonly containerId: string
  readonly completedAtMs: number
}

/** Returns the container if this result about its image layers names none that was not scanned. Pure. */
export function completedImage(result: ClamResultMessage, nowMs: number): CompletedImage | undefined {
  const isPending = result.coverage.some(({ reason }) => fromWireNumber(COVERAGE_REASONS, reason) === 'image_not_scanned')
  if (isPending || fromWireNumber(SCAN_TRIGGERS, result.trigger) !== 'image_layer') return undefined
  return { clusterId: result.clusterId, containerId: result.containerId, completedAtMs: Math.min(result.finishedAtMs, nowMs) }
}

/** Keeps the latest row of each key, sorted by key: a statement must not update a row twice, and a common lock order avoids deadlocks. Pure. */
export function mergeCoverage(rows: Iterable<CoverageRow>): CoverageRow[] {
  const latest = new Map<string, CoverageRow>()
  for (const row of rows) {
    const known = latest.get(row.key)
    if (!known || known.seenAtMs <= row.seenAtMs) latest.set(row.key, row)
  }
  return [...latest.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
