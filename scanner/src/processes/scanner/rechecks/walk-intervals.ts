import { SECOND_MS } from '@guardimesh/contracts/units'

/** Interval of the walks of a container with few files. */
export const WALK_INTERVAL_MIN_MS = 15 * SECOND_MS
/** Share of one core that the walks of all containers use together. */
const BUDGET_RATIO = 0.01

/**
 * Returns the interval between two walks of a container, so that all walks together stay within their budget. A container with a hundred
 * times the files of another is walked ten times more rarely, which makes the mean time to find a change shortest. Pure.
 *
 * @param busyMs processor time of the last walk of this container.
 * @param allBusyMs the same for all containers, including this one.
 */
export function walkIntervalMs(busyMs: number, allBusyMs: Iterable<number>): number {
  let sum = 0
  for (const one of allBusyMs) sum += Math.sqrt(one)
  return Math.max(WALK_INTERVAL_MIN_MS, (Math.sqrt(busyMs) * sum) / BUDGET_RATIO)
}
