import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks again and again until there is an answer.
 *
 * @param {() => Promise<T | undefined>} ask undefined: not yet. What it throws is kept for the last word.
 * @param {number} timeoutMs when to give up.
 * @returns {Promise<T>}
 * @template T
 */
export async function waitUntil(ask, timeoutMs) {
  const endsAtMs = performance.now() + timeoutMs
  let reason = ''
  while (performance.now() < endsAtMs) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      reason = error instanceof Error ? `${error.message}` : String(error)
    }
    await sleep(1000)
  }
  throw new Error(`not within ${timeoutMs / 1000} s. ${reason}`)
}

/** Runs a test, tells how it ended in one sentence, and sets the exit code. */
export async function runTest(test) {
  try {
    process.stdout.write(`passed: ${await test()}\n`)
  } catch (error) {
    process.stdout.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
