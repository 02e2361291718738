import { messageOf, sleep } from '@guardimesh/kit'

const POLL_INTERVAL_MS = 20

export interface ReadyWait {
  /** Resolves when the process ended, with its exit code or signal. */
  readonly exited: Promise<string>
  /** Throws while the process is not ready. */
  readonly checkReady: () => Promise<void>
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/**
 * Polls a process that was just started until it is ready.
 *
 * @returns the reason when it ended or was not ready in time; undefined when it is ready.
 * @throws the signal's reason when it is aborted.
 */
export async function waitUntilReady({ exited, checkReady, timeoutMs, signal }: ReadyWait): Promise<string | undefined> {
  let exit: string | undefined
  const ended = exited.then((status) => {
    exit = status
  })
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const problem = await problemOf(checkReady)
    signal?.throwIfAborted()
    if (exit !== undefined) return `ended before it was ready (${exit})`
    if (problem === undefined) return undefined
    if (Date.now() >= deadlineMs) return `was not ready after ${timeoutMs} ms: ${problem}`
    await Promise.race([sleep(POLL_INTERVAL_MS, signal), ended])
  }
}

async function problemOf(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
