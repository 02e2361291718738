import { MINUTE_MS } from '@guardimesh/contracts'

/** A report that arrives later than this after its creation is ordered by its receipt. Covers the retries of one request. */
const DELAY_MAX_MS = 2 * MINUTE_MS

/**
 * Limits the time of a report by its receipt, so that reports are ordered by the node's clock only as far as it can be trusted: a report from the
 * future does not block later ones, and a node whose clock was set back is current again after two minutes. Pure.
 */
export function boundedMoment(observedAtMs: number, nowMs: number): Date {
  return new Date(Math.min(Math.max(observedAtMs, nowMs - DELAY_MAX_MS), nowMs))
}
