import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

/**
 * Polls until `check` succeeds.
 *
 * @returns its result. @throws its last error after `timeoutMs`.
 */
export async function waitFor<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const endMs = Date.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() >= endMs) throw error
      await sleep(POLL_MS)
    }
  }
}
