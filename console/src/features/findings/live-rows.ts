import type { FindingSummary } from '@guardimesh/contracts'

/** Maximum number of live findings. When it is reached, the list is refetched, so that memory stays bounded in an outbreak. */
export const LIVE_ROWS_MAX = 200

export interface LiveRows {
  /** Shown above the list, newest first. */
  rows: readonly FindingSummary[]
  /** Arrived during a pause; shown when the user resumes. */
  waiting: readonly FindingSummary[]
  isPaused: boolean
}

export const NO_LIVE_ROWS: LiveRows = { rows: [], waiting: [], isPaused: false }

export type LiveEvent =
  /** Newest first. */
  | { kind: 'arrived'; findings: readonly FindingSummary[] }
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** The list was refetched: it contains these, or they are older than its first page. */
  | { kind: 'listed'; findings: readonly FindingSummary[] }

/** Pure. */
export function nextLiveRows(live: LiveRows, event: LiveEvent): LiveRows {
  switch (event.kind) {
    case 'arrived':
      return live.isPaused ? { ...live, waiting: merge(event.findings, live.waiting) } : { ...live, rows: merge(event.findings, live.rows) }
    case 'pause':
      return { ...live, isPaused: true }
    case 'resume':
      return { rows: merge(live.waiting, live.rows), waiting: [], isPaused: false }
    case 'listed': {
      const listed = new Set(event.findings)
      return { ...live, rows: live.rows.filter((finding) => !listed.has(finding)) }
    }
  }
}

/** Merges two lists, newer first, without duplicates and with at most `max` findings. Pure. */
export function merge(newer: readonly FindingSummary[], older: readonly FindingSummary[], max = LIVE_ROWS_MAX): readonly FindingSummary[] {
  const known = new Set<string>()
  const isFirst = ({ findingId }: FindingSummary) => !known.has(findingId) && known.add(findingId).size > 0
  return [...newer, ...older].filter(isFirst).slice(0, max)
}
