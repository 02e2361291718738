import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { HourlyTotalsRepository } from './hourly-totals.repository.js'

/** The longest range of the dashboard, and one day for its first bucket. */
const DAYS = 31
/** Longer than any transaction that stores findings. */
const DELAY_MINUTES = 5
/** Hours per statement, which limits its duration. */
const BATCH_HOURS = 24

/** Counts the findings and scans of past hours for the dashboard. */
@Injectable()
export class HourlyTotalsService {
  constructor(
    private readonly totals: HourlyTotalsRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Returns the job for the worker process. It runs often, so that an hour is added soon after its end, also after a failure. */
  jobs(): readonly Job[] {
    return [{ name: 'add-hourly-totals', schedule: '*/6 * * * *', atStart: true, run: () => this.addMissing() }]
  }

  async addMissing(): Promise<void> {
    let added = 0
    const { first: start, last: end } = await this.totals.missingHours(DAYS, DELAY_MINUTES)
    // One after the other, so that the latest hour with totals has no missing hour before it.
    for (let first = start; first <= end; first += BATCH_HOURS)
      added += await this.totals.add({ first, last: Math.min(first + BATCH_HOURS - 1, end) }, end)
    if (added > 0) this.log.debug({ added }, 'hourly totals added')
  }
}
