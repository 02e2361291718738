import { setTimeout as wait } from 'node:timers/promises'

export interface BackoffPolicy {
  /** Maximum pause after the first failure. */
  readonly firstMs: number
  /** Maximum pause. */
  readonly maxMs: number
}

/**
 * Returns the pause before the next attempt. It doubles with each failure and has jitter (50 to 100 %), so that nodes that failed together
 * do not retry together. Pure except for `random`.
 *
 * @param failures number of consecutive failures, at least 1.
 */
export function backoffMs(failures: number, policy: BackoffPolicy, random: () => number = Math.random): number {
  const ceilingMs = Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(ceilingMs * (0.5 + random() / 2))
}

/** Waits for this time; returns early, without an error, if the signal is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
