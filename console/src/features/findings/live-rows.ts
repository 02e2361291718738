import type { FindingSummary } from '@guardimesh/contracts'

/** Maximum number of live findings. When it is reached, the first page is read again, so that memory stays bounded in an outbreak. */
export const LIVE_ROWS_MAX = 200

export interface LiveRows {
  /** Shown above the list, newest first. */
  rows: readonly FindingSummary[]
  /** Held back, so that no row moves; newest first, without those over LIVE_ROWS_MAX. */
  waiting: readonly FindingSummary[]
  waitingCount: number
  /** Findings that were shown since the user last saw the beginning of the list. */
  arrivedCount: number
  /** Part of `arrivedCount` that the list contains. */
  listedCount: number
}

export const NO_LIVE_ROWS: LiveRows = { rows: [], waiting: [], waitingCount: 0, arrivedCount: 0, listedCount: 0 }

export type LiveEvent =
  /** Newest first. */
  | { kind: 'arrived'; findings: readonly FindingSummary[]; isHeld: boolean }
  /** All findings that are newer than the list, after events may have been lost: their number, and the newest of them. */
  | { kind: 'counted'; findings: readonly FindingSummary[]; count: number; isHeld: boolean }
  /** The waiting findings may be shown. */
  | { kind: 'released' }
  /** The list was read again and contains all findings. `isSeen`: the user asked for it and sees its beginning. */
  | { kind: 'listed'; isSeen: boolean }

/** Pure. */
export function nextLiveRows(live: LiveRows, event: LiveEvent): LiveRows {
  switch (event.kind) {
    case 'arrived':
      return arrived(live, event.findings, event.isHeld)
    case 'counted':
      return counted(live, event)
    case 'released':
      return { ...live, ...shown(merge(live.waiting, live.rows), live.arrivedCount + live.waitingCount) }
    case 'listed':
      return event.isSeen ? NO_LIVE_ROWS : { ...live, ...shown([], live.arrivedCount), listedCount: live.arrivedCount }
  }
}

function arrived(live: LiveRows, findings: readonly FindingSummary[], isHeld: boolean): LiveRows {
  const known = new Set([...live.rows, ...live.waiting].map(({ findingId }) => findingId))
  const fresh = findings.filter(({ findingId }) => !known.has(findingId))
  if (isHeld) return { ...live, waiting: merge(fresh, live.waiting), waitingCount: live.waitingCount + fresh.length }
  const count = live.arrivedCount + live.waitingCount + fresh.length
  return { ...live, ...shown(merge(fresh, merge(live.waiting, live.rows)), count) }
}

function counted(live: LiveRows, { findings, count, isHeld }: Extract<LiveEvent, { kind: 'counted' }>): LiveRows {
  if (!isHeld) return { ...live, ...shown(merge(findings, live.rows), live.listedCount + count) }
  const shownIds = new Set(live.rows.map(({ findingId }) => findingId))
  const waiting = findings.filter(({ findingId }) => !shownIds.has(findingId))
  return { ...live, waiting, waitingCount: Math.max(0, live.listedCount + count - live.arrivedCount) }
}

const shown = (rows: readonly FindingSummary[], arrivedCount: number) => ({ rows, arrivedCount, waiting: [], waitingCount: 0 })

/** Merges two lists, newer first, without duplicates and with at most `max` findings. Pure. */
export function merge(newer: readonly FindingSummary[], older: readonly FindingSummary[], max = LIVE_ROWS_MAX): readonly FindingSummary[] {
  const known = new Set<string>()
  const isFirst = ({ findingId }: FindingSummary) => !known.has(findingId) && known.add(findingId).size > 0
  return [...newer, ...older].filter(isFirst).slice(0, max)
}
