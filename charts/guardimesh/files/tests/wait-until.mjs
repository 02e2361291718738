import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Polls until there is a result.
 *
 * @param {() => Promise<T | undefined>} poll returns undefined while there is no result. Its last error is included in the timeout error.
 * @param {number} timeoutMs
 * @returns {Promise<T>}
 * @template T
 */
export async function waitUntil(poll, timeoutMs) {
  const deadlineMs = performance.now() + timeoutMs
  let reason = ''
  while (performance.now() < deadlineMs) {
    try {
      const result = await poll()
      if (result !== undefined) return result
    } catch (error) {
      reason = error instanceof Error ? `${error.message}` : String(error)
    }
    await sleep(1000)
  }
  throw new Error(`timeout after ${timeoutMs / 1000} s. ${reason}`)
}

/** Runs a test, prints its result in one line, and sets the exit code. */
export async function runTest(test) {
  try {
    process.stdout.write(`passed: ${await test()}\n`)
  } catch (error) {
    process.stdout.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
