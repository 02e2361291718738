import { SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, sleep } from '@guardimesh/kit'
import type { Database } from '../platform/database/database.js'
import { isDatabaseUnavailable } from '../platform/database/database-errors.js'
import { explainError } from './explain-error.js'

/** PostgreSQL needs seconds to start. Kubernetes restarts the Job after that, for minutes, and the operator reports the error meanwhile. */
const WAIT_MS = 30 * SECOND_MS
const RETRY = { firstMs: 500, maxMs: 5 * SECOND_MS }

/**
 * Waits until the database is available.
 *
 * @throws GuardError DATABASE_UNAVAILABLE after 30 seconds, or when the signal is aborted.
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
      log.warn({ reason: explainError(error), secondsLeft: Math.ceil(leftMs / SECOND_MS) }, 'database unavailable; retrying')
      await sleep(Math.min(leftMs, backoffMs(failures, RETRY)), signal)
    }
  }
}
