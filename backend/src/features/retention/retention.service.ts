import type { Logger } from '@guardimesh/kit'
import { Inject, Injectable } from '@nestjs/common'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { OldSightingsRepository } from './old-sightings.repository.js'
import { PartitionsService } from './partitions.service.js'
import { SweepRepository } from './sweep.repository.js'

/** Token of the number of days that results are kept. */
export const RETENTION_DAYS = Symbol('days that results are kept')
/** What was not scanned in a container that is gone stays this long. */
const GONE_COVERAGE_DAYS = 7

/** Keeps the database in shape: partitions ahead of time, and nothing kept for longer than it should be. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly partitions: PartitionsService,
    private readonly sweep: SweepRepository,
    private readonly sightings: OldSightingsRepository,
    @Inject(RETENTION_DAYS) private readonly retentionDays: number,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** The jobs of the worker process. */
  jobs(): readonly Job[] {
    return [
      { name: 'make-partitions', schedule: '11 * * * *', atStart: true, run: () => this.makePartitions() },
      { name: 'drop-old-data', schedule: '23 2 * * *', atStart: true, run: () => this.dropOldData() },
      { name: 'sweep', schedule: '*/15 * * * *', atStart: true, run: () => this.sweepExpired() },
    ]
  }

  async makePartitions(): Promise<void> {
    const made = await this.partitions.ensure()
    if (made > 0) this.log.info({ made }, 'partitions made')
  }

  async dropOldData(): Promise<void> {
    const days = this.retentionDays
    const dropped = await this.partitions.dropOlderThan(days)
    const misdated = await this.partitions.deleteMisdatedOlderThan(days)
    const pods = await this.sweep.deleteGonePods(days)
    const alerts = await this.sweep.deleteClearedAlerts(days)
    const deliveries = await this.sweep.deleteOldDeliveries(days)
    const sightings = await this.sightings.deleteOlderThan(days)
    if (dropped + misdated + pods + alerts + deliveries + sightings > 0)
      this.log.info({ dropped, misdated, pods, alerts, deliveries, sightings, days }, 'old data dropped')
  }

  async sweepExpired(): Promise<void> {
    const sessions = await this.sweep.deleteExpiredSessions()
    const loginAttempts = await this.sweep.deleteOldLoginAttempts()
    const coverage = await this.sweep.deleteOldCoverage(GONE_COVERAGE_DAYS, this.retentionDays)
    if (sessions + loginAttempts + coverage > 0) this.log.info({ sessions, loginAttempts, coverage }, 'rows swept up')
  }
}
