import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, sleep } from '@guardimesh/kit'
import type { Database } from '../platform/database/database.js'
import { isDatabaseUnavailable } from '../platform/database/database-errors.js'
import { explainError } from './explain-error.js'

/** A PostgreSQL that starts beside us needs seconds; one that recovers from a crash, a minute. The Job begins again after that. */
const WAIT_MS = 2 * MINUTE_MS
const RETRY = { firstMs: 500, maxMs: 5 * SECOND_MS }

/**
 * Resolves once the database answers.
 *
 * @throws GuardError DATABASE_UNAVAILABLE when it did not within two minutes, or when the signal is aborted.
 */
export async function waitForDatabase(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  const endMs = Date.now() + WAIT_MS
  for (let failures = 1; ; failures++) {
    try {
      await database.query<object>('SELECT 1')
      return
    } catch (error) {
      const leftMs = endMs - Date.now()
      if (!isDatabaseUnavailable(error) || leftMs <= 0 || signal.aborted) throw error
      log.warn({ reason: explainError(error), secondsLeft: Math.ceil(leftMs / SECOND_MS) }, 'the database does not answer yet')
      await sleep(Math.min(leftMs, backoffMs(failures, RETRY)), signal)
    }
  }
}
