import type { Logger } from '@guardimesh/kit'
import { Inject, Injectable } from '@nestjs/common'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { OldSightingsRepository } from './old-sightings.repository.js'
import { PartitionsService } from './partitions.service.js'
import { SweepRepository } from './sweep.repository.js'

/** Injection token of the retention period in days. */
export const RETENTION_DAYS = Symbol('retention days')
/** Retention of hourly totals: the dashboard shows 30 days. */
const HOURLY_TOTALS_DAYS = 31
/** Retention of coverage of deleted containers. */
const GONE_COVERAGE_DAYS = 7
/** A node that is silent for this long no longer exists; one that returns is listed again. */
const SILENT_NODE_DAYS = 30
/** Exports that run for longer end when there are partitions to drop. */
const EXPORT_SECONDS = 300
/** Retention of image layers that no running container uses: a container that starts again later needs no scan. */
const UNUSED_LAYER_DAYS = 7

/** Creates partitions ahead of time and deletes expired data. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly partitions: PartitionsService,
    private readonly sweep: SweepRepository,
    private readonly sightings: OldSightingsRepository,
    @Inject(RETENTION_DAYS) private readonly retentionDays: number,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Returns the jobs for the worker process. */
  jobs(): readonly Job[] {
    return [
      { name: 'make-partitions', schedule: '11 * * * *', atStart: true, run: () => this.createPartitions() },
      { name: 'drop-old-data', schedule: '23 2 * * *', atStart: true, run: () => this.dropOldData() },
      // Each hour, because a long query or a new export can prevent it, and separately, because a failure must not stop the others.
      { name: 'drop-partitions', schedule: '23 * * * *', atStart: true, run: () => this.dropPartitions() },
      { name: 'sweep', schedule: '*/15 * * * *', atStart: true, run: () => this.sweepExpired() },
    ]
  }

  async createPartitions(): Promise<void> {
    const created = await this.partitions.ensure()
    if (created > 0) this.log.info({ created }, 'partitions created')
  }

  async dropOldData(): Promise<void> {
    const days = this.retentionDays
    const misdated = await this.partitions.deleteMisdatedOlderThan(days)
    const pods = await this.sweep.deleteGonePods(days)
    const incidents = await this.sweep.deleteOldIncidents(days)
    const alerts = await this.sweep.deleteClearedAlerts(days)
    const deliveries = await this.sweep.deleteOldDeliveries(days)
    await this.sweep.deleteOldHourlyTotals(Math.min(days, HOURLY_TOTALS_DAYS))
    const sightings = await this.sightings.deleteOlderThan(days)
    if (misdated + pods + incidents + alerts + deliveries + sightings > 0)
      this.log.info({ misdated, pods, incidents, alerts, deliveries, sightings, days }, 'expired data deleted')
  }

  async dropPartitions(): Promise<void> {
    const days = this.retentionDays
    const endedExports = await this.partitions.endExports(days, EXPORT_SECONDS)
    const dropped = await this.partitions.dropOlderThan(days)
    if (dropped > 0) this.log.info({ dropped, endedExports, days }, 'expired partitions dropped')
  }

  async sweepExpired(): Promise<void> {
    const sessions = await this.sweep.deleteExpiredSessions()
    const loginFailures = await this.sweep.deleteOldLoginFailures()
    const nodes = await this.sweep.deleteSilentNodes(SILENT_NODE_DAYS)
    const pods = nodes > 0 ? await this.sweep.markPodsOfMissingNodesGone() : 0
    const coverage = await this.sweep.deleteOldCoverage(GONE_COVERAGE_DAYS, this.retentionDays)
    const layers = await this.sweep.deleteUnusedImageLayers(UNUSED_LAYER_DAYS)
    if (sessions + loginFailures + nodes + coverage + layers > 0)
      this.log.info({ sessions, loginFailures, nodes, pods, coverage, layers }, 'expired rows deleted')
  }
}
