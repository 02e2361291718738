import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { Database } from '../../platform/database/database.js'
import { countFindings } from './count-findings.js'

/** Hours as numbers of `hour_number()`, both inclusive. */
export interface Hours {
  readonly first: number
  readonly last: number
}

/** Condition on the receipt for rows of the hours $1 to $2; a range, for which the index is used. */
const IN_HOURS = 'received_at >= to_timestamp($1 * 3600::bigint) AND received_at < to_timestamp(($2 + 1) * 3600::bigint)'

/** Writes the totals of past hours. */
@Injectable()
export class HourlyTotalsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the past hours after the latest one that has totals; the last may precede the first: there are none.
   *
   * @param days begin with this day if there are no totals.
   * @param delayMinutes minutes after the end of an hour in which transactions may still commit rows of it.
   */
  async missingHours(days: number, delayMinutes: number): Promise<Hours> {
    const rows = await this.database.query<Hours>(
      `SELECT coalesce((SELECT max(hour) + 1 FROM hourly_totals), hour_number(now() - make_interval(days => $1))) AS first,
         hour_number(now() - make_interval(mins => $2)) - 1 AS last`,
      [days, delayMinutes],
    )
    return rows[0] ?? { first: 0, last: -1 }
  }

  /**
   * Adds the totals of hours in one statement, except those that another worker has added.
   *
   * @param currentHour hour to which the running containers belong.
   * @returns number of added hours.
   */
  async add({ first, last }: Hours, currentHour: number): Promise<number> {
    const rows = await this.database.query(
      `WITH scans AS (
         SELECT hour_number(received_at) AS hour, count(*) AS scans, ${boundedSum('files_scanned + files_cached')} AS scanned,
           ${boundedSum('files_not_scanned')} AS "notScanned"
         FROM scan_results WHERE ${IN_HOURS} GROUP BY 1
       ), running AS (
         SELECT $3::integer AS hour, coalesce(sum(jsonb_array_length(containers)), 0) AS containers,
           coalesce(sum(jsonb_array_length(jsonb_path_query_array(containers, '$[*] ? (@.watched == true)'))), 0) AS monitored
         FROM pods WHERE gone_at IS NULL
       ), added AS (
         INSERT INTO hourly_totals (hour, scans, files_scanned, files_not_scanned, containers, containers_monitored)
         SELECT hour, coalesce(scans, 0), coalesce(scanned, 0), coalesce("notScanned", 0), containers, monitored
         FROM generate_series($1::integer, $2::integer) AS hour LEFT JOIN scans USING (hour) LEFT JOIN running USING (hour)
         ON CONFLICT DO NOTHING RETURNING hour
       ), findings AS (
         INSERT INTO hourly_findings (hour, dimension, value, findings)
         SELECT counted.* FROM (${countFindings(IN_HOURS)}) AS counted WHERE hour IN (SELECT hour FROM added)
       )
       SELECT hour FROM added`,
      [first, last, currentHour],
    )
    return rows.length
  }
}
