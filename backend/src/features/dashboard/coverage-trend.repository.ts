import { HOUR_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { HourRange } from './dashboard-range.js'

/** Coverage of the hours of a bucket. */
export interface BucketCoverage {
  readonly bucket: number
  readonly filesScanned: number
  readonly filesNotScanned: number
  /** Sum of the numbers of all hours; null if none was recorded. */
  readonly containers: number | null
  readonly containersMonitored: number | null
}

/** Read-only SQL of coverage over time. */
@Injectable()
export class CoverageTrendRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns the buckets that have data, oldest first. */
  trend(range: HourRange, firstOpenHour: number): Promise<BucketCoverage[]> {
    return this.database.query<BucketCoverage>(
      `WITH hours AS (
         SELECT hour, files_scanned, files_not_scanned, containers, containers_monitored FROM hourly_totals WHERE hour >= $1 AND hour < $2
         UNION ALL
         SELECT hour_number(received_at), ${boundedSum('files_scanned + files_cached')}, ${boundedSum('files_not_scanned')}, NULL, NULL
         FROM scan_results WHERE received_at >= $3 AND received_at <= $4 GROUP BY 1
       )
       SELECT (hour - $1) / $5 AS bucket, ${boundedSum('files_scanned')} AS "filesScanned", ${boundedSum('files_not_scanned')} AS "filesNotScanned",
         sum(containers)::bigint AS containers, sum(containers_monitored)::bigint AS "containersMonitored"
       FROM hours GROUP BY 1 ORDER BY 1`,
      [range.sinceHour, firstOpenHour, new Date(firstOpenHour * HOUR_MS), new Date(range.untilMs), range.bucketHours],
    )
  }

  /** Counts coverage gaps that were reported since a time. */
  async gapsSince(since: Date): Promise<number> {
    const rows = await this.database.query<{ count: number }>('SELECT count(*) AS count FROM coverage WHERE last_seen_at >= $1', [since])
    return rows[0]?.count ?? 0
  }
}
