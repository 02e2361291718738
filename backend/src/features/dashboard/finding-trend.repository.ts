import { HOUR_MS, type SeverityName, TOP_VALUES_MAX } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { countFindings, type Dimension } from './count-findings.js'
import type { HourRange } from './dashboard-range.js'

/** Number of findings of a bucket by severity, or of the whole range by another property. */
export type FindingCount =
  | { readonly dimension: 'severity'; readonly value: SeverityName; readonly bucket: number; readonly findings: number }
  | { readonly dimension: Exclude<Dimension, 'severity'>; readonly value: string; readonly bucket: null; readonly findings: number }

/** Read-only SQL of findings over time. */
@Injectable()
export class FindingTrendRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns the first hour without totals; findings since then are counted one by one. */
  async firstOpenHour({ sinceHour }: HourRange): Promise<number> {
    const rows = await this.database.query<{ hour: number | null }>('SELECT max(hour) + 1 AS hour FROM hourly_totals')
    return Math.max(sinceHour, rows[0]?.hour ?? 0)
  }

  /** Counts findings by severity and bucket, and returns the most frequent namespaces, images and signatures. */
  count(range: HourRange, firstOpenHour: number): Promise<FindingCount[]> {
    return this.database.query<FindingCount>(
      `WITH counts AS (
         SELECT hour, dimension, value, findings FROM hourly_findings WHERE hour >= $1 AND hour < $2
         UNION ALL
         ${countFindings('received_at >= $3 AND received_at <= $4')}
       ), sums AS (
         SELECT CASE dimension WHEN 'severity' THEN (hour - $1) / $5 END AS bucket, dimension, value, sum(findings)::bigint AS findings
         FROM counts WHERE value <> '' GROUP BY 1, 2, 3
       ), ranked AS (
         SELECT *, row_number() OVER (PARTITION BY dimension ORDER BY findings DESC, value) AS position FROM sums
       )
       SELECT bucket, dimension, value, findings FROM ranked WHERE dimension = 'severity' OR position <= ${TOP_VALUES_MAX}
       ORDER BY dimension, findings DESC, value`,
      [range.sinceHour, firstOpenHour, new Date(firstOpenHour * HOUR_MS), new Date(range.untilMs), range.bucketHours],
    )
  }
}
