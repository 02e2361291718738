import { setTimeout as wait } from 'node:timers/promises'

export interface BackoffPolicy {
  /** Pause after the first failure. */
  readonly firstMs: number
  /** No pause is longer. */
  readonly maxMs: number
}

/**
 * Pause before the next attempt: doubling, with jitter (between half of it and all of it), so that nodes that failed together do not
 * come back together. Pure but for `random`.
 *
 * @param failures how many attempts failed in a row, at least 1.
 */
export function backoffMs(failures: number, policy: BackoffPolicy, random: () => number = Math.random): number {
  const ceilingMs = Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(ceilingMs * (0.5 + random() / 2))
}

/** Waits; ends early, without an error, when the signal is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
