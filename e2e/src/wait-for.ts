import { setTimeout as sleep } from 'node:timers/promises'

const POLL_INTERVAL_MS = 50

/**
 * Asks again and again until `check` neither throws nor rejects.
 *
 * @returns what it gave. @throws its last error after `timeoutMs`.
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
