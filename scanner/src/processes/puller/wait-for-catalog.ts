import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { ServerSource } from './server-source.js'

/** All nodes hear of a change at the same moment. */
const SPREAD_MS = 2 * SECOND_MS
/** What ends sooner, with nothing new, is a server that does not wait; later, it may be somebody on the way who ends quiet connections. */
const EARLY_MS = 30 * SECOND_MS
const RETRY = { firstMs: 10 * SECOND_MS, maxMs: 30 * MINUTE_MS }

/**
 * Waits until the signature server offers another generation: one request at a time, which the server holds. Returns early when the signal
 * is aborted.
 */
export async function waitForCatalog(server: ServerSource, log: Logger, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const askedAtMs = performance.now()
    const isEarly = () => performance.now() - askedAtMs < EARLY_MS
    try {
      if (await server.waitForChange(signal)) return await sleep(Math.random() * SPREAD_MS, signal)
      failures = isEarly() ? failures + 1 : 0
    } catch (error) {
      if (signal.aborted) return
      failures = isEarly() ? failures + 1 : 1
      log.debug({ reason: messageOf(error), failures }, 'the signature server does not tell of changes')
    }
    if (failures > 0) await sleep(backoffMs(failures, RETRY), signal)
  }
}
