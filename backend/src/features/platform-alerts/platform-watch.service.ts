import { PLATFORM_ALERT_KINDS, type PlatformAlertKind, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { AlertChangesService } from '../signatures/alert-changes.service.js'
import { expectedPlatformAlerts } from './expected-platform-alerts.js'
import { NODE_SILENT_AFTER_MS, PlatformFactsRepository } from './platform-facts.repository.js'

const CHECK_INTERVAL_MS = 30 * SECOND_MS
const KINDS_AT_START = PLATFORM_ALERT_KINDS.filter((kind) => kind !== 'node-silent')

/** Counts and times one run. */
type MeasureRun = (run: () => Promise<void>) => Promise<void>

/** Raises and clears alerts about nodes and coverage, in the worker. */
@Injectable()
export class PlatformWatchService {
  constructor(
    private readonly database: Database,
    private readonly facts: PlatformFactsRepository,
    private readonly alerts: AlertChangesService,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /**
   * Checks every 30 seconds until the signal is aborted. Alerts about silent nodes stay as they are in the first minutes, and after a failure: the
   * nodes could not report while the database or the whole platform was down.
   */
  async run(signal: AbortSignal, measure: MeasureRun): Promise<void> {
    let availableSinceMs: number | undefined
    while (!signal.aborted) {
      availableSinceMs ??= Date.now()
      const kinds = Date.now() - availableSinceMs < NODE_SILENT_AFTER_MS ? KINDS_AT_START : PLATFORM_ALERT_KINDS
      try {
        await measure(() => this.check(kinds))
      } catch (error) {
        availableSinceMs = undefined
        this.log.warn({ error }, 'check of nodes and coverage failed; retrying')
      }
      await sleep(CHECK_INTERVAL_MS, signal)
    }
  }

  /**
   * Raises and clears alerts of these kinds; one worker at a time, because the facts of another one could be older.
   *
   * @throws GuardError DATABASE_UNAVAILABLE.
   */
  async check(kinds: readonly PlatformAlertKind[] = PLATFORM_ALERT_KINDS): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ isLocked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isLocked"', [
        ADVISORY_LOCKS.platformAlerts,
      ])
      if (!lock?.isLocked) return
      const expected = expectedPlatformAlerts(await this.facts.read(tx)).filter(({ kind }) => kinds.includes(kind))
      const counts = await this.alerts.replaceOpen(tx, kinds, expected)
      if (counts.raised + counts.cleared > 0) this.log.info(counts, 'alerts about nodes and coverage changed')
    })
  }
}
