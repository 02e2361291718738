import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'

/** Delays of the checks after the last change of a file: 1, 3, 10, 30 and 60 s after it. */
const QUIET_DELAYS_MS: readonly number[] = [1000, 2000, 7000, 20_000, 30_000]
/** Interval for a file that is open for writing and does not change. */
const OPEN_DELAY_MS = 20 * SECOND_MS
/** Bounds of the interval for a file that changes all the time. In between, its size decides, so that about 1 MiB is read per second. */
const CHANGING_MIN_MS = 5 * SECOND_MS
const CHANGING_MAX_MS = 60 * SECOND_MS

/** Progress of the checks of one file. */
export interface RecheckProgress {
  /** Checks since the last change. */
  readonly quietChecks: number
  /** Changes that consecutive checks have seen. */
  readonly changes: number
}

/** What a check has seen. */
export interface CheckedState {
  readonly hasChanged: boolean
  readonly hasWriters: boolean
  readonly sizeBytes: number
}

export const FIRST_RECHECK: RecheckProgress & { readonly delayMs: number } = { quietChecks: 0, changes: 0, delayMs: SECOND_MS }

/** Longer than the pause between two scans of a file that is written and closed all the time: its events suffice. */
export const AFTER_SCAN_DELAY_MS = 2 * SECOND_MS

/** Returns when a file is checked next; undefined when nobody can write to it any more and all checks have passed. Pure. */
export function nextRecheck(
  { quietChecks, changes }: RecheckProgress,
  { hasChanged, hasWriters, sizeBytes }: CheckedState,
): (RecheckProgress & { readonly delayMs: number }) | undefined {
  if (hasChanged) {
    const maxMs = Math.min(Math.max(CHANGING_MIN_MS, (sizeBytes / MIB_BYTES) * SECOND_MS), CHANGING_MAX_MS)
    return { quietChecks: 0, changes: changes + 1, delayMs: Math.min(SECOND_MS * 2 ** Math.min(changes, 6), maxMs) }
  }
  const delayMs = QUIET_DELAYS_MS[quietChecks + 1] ?? (hasWriters ? OPEN_DELAY_MS : undefined)
  return delayMs === undefined ? undefined : { quietChecks: quietChecks + 1, changes: 0, delayMs }
}

/**
 * True when a file is scanned although its change time is the same: a write through a mapping updates the change time only once until the
 * kernel has written the page to the disk, which it does within about 35 s.
 */
export function mayHaveChangedUnseen({ quietChecks }: RecheckProgress, hasWriters: boolean, hadWriters: boolean): boolean {
  return hasWriters ? quietChecks < QUIET_DELAYS_MS.length : hadWriters
}
