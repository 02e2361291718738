import { setTimeout as sleep } from 'node:timers/promises'

const POLL_INTERVAL_MS = 50

/**
 * Repeats `check` until it neither throws nor rejects.
 *
 * @returns the result of `check`.
 * @throws the last error of `check` after `timeoutMs`.
 */
export async function waitFor<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const endMs = Date.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() >= endMs) throw error
      await sleep(POLL_INTERVAL_MS)
    }
  }
}
