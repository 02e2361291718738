import { PLATFORM_ALERT_KINDS, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { AlertChangesService } from '../signatures/alert-changes.service.js'
import { expectedPlatformAlerts } from './expected-platform-alerts.js'
import { PlatformFactsRepository } from './platform-facts.repository.js'

const CHECK_INTERVAL_MS = 30 * SECOND_MS

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

  /** Checks every 30 seconds until the signal is aborted. */
  async run(signal: AbortSignal, measure: MeasureRun): Promise<void> {
    while (!signal.aborted) {
      await measure(() => this.check()).catch((error: unknown) => this.log.warn({ error }, 'check of nodes and coverage failed; retrying'))
      await sleep(CHECK_INTERVAL_MS, signal)
    }
  }

  /** Runs one check; one worker at a time, because the facts of another one could be older. @throws GuardError DATABASE_UNAVAILABLE. */
  async check(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ isLocked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isLocked"', [
        ADVISORY_LOCKS.platformAlerts,
      ])
      if (!lock?.isLocked) return
      const counts = await this.alerts.replaceOpen(tx, PLATFORM_ALERT_KINDS, expectedPlatformAlerts(await this.facts.read(tx)))
      if (counts.raised + counts.cleared > 0) this.log.info(counts, 'alerts about nodes and coverage changed')
    })
  }
}
