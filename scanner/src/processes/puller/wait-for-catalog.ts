import type { SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { ServerSource } from './server-source.js'

/** Spreads the pulls of the nodes, whose long polls all end at the same moment. */
const MAX_DELAY_MS = 2 * SECOND_MS
/** A poll without a change that ends sooner comes from a server without long polls; later, a proxy may have closed an idle connection. */
const MIN_POLL_MS = 30 * SECOND_MS
const RETRY = { firstMs: 10 * SECOND_MS, maxMs: 30 * MINUTE_MS }

/**
 * Waits with long polls, one at a time, until the signature server offers another generation.
 *
 * @returns the catalogue of that generation; undefined when the signal is aborted first.
 */
export async function waitForCatalog(server: ServerSource, log: Logger, signal: AbortSignal): Promise<SignatureCatalog | undefined> {
  for (let failures = 0; !signal.aborted; ) {
    const startedAtMs = performance.now()
    const isEarly = () => performance.now() - startedAtMs < MIN_POLL_MS
    try {
      const catalog = await server.waitForChange(signal)
      if (catalog) {
        await sleep(Math.random() * MAX_DELAY_MS, signal)
        return catalog
      }
      failures = isEarly() ? failures + 1 : 0
    } catch (error) {
      if (signal.aborted) return undefined
      failures = isEarly() ? failures + 1 : 1
      log.debug({ reason: messageOf(error), failures }, 'catalogue long poll failed; retrying')
    }
    if (failures > 0) await sleep(backoffMs(failures, RETRY), signal)
  }
  return undefined
}
