import { GuardError, messageOf, sleep } from '@guardimesh/kit'
import type { Part, RunningPart } from './part.js'

const POLL_MS = 100

/**
 * Waits until a part that was just launched can do its work.
 *
 * @throws GuardError INTERNAL when it ends before, or is not ready after `timeoutMs`; facts name the part and its log file.
 */
export async function untilReady(part: Part, running: RunningPart, timeoutMs: number, signal: AbortSignal): Promise<void> {
  let end: string | undefined
  const exited = running.exited.then((why) => {
    end = why
  })
  const endMs = Date.now() + timeoutMs
  for (;;) {
    const lack = await lackOf(part)
    signal.throwIfAborted()
    if (end !== undefined) throw failure(part, `ended at its start: ${end}`)
    if (lack === undefined) return
    if (Date.now() >= endMs) throw failure(part, `was not ready after ${Math.round(timeoutMs / 1000)} s: ${lack}`)
    await Promise.race([sleep(POLL_MS, signal), exited])
  }
}

/** What the part lacks; undefined when it is ready. */
async function lackOf(part: Part): Promise<string | undefined> {
  try {
    await part.checkReady?.()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

function failure(part: Part, what: string): GuardError {
  return new GuardError('INTERNAL', `${part.name} ${what}`, { part: part.name, logFile: part.logFile })
}
