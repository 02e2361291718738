import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** A node may send results that were spooled for days. Older ones go to the default partition. */
const DAYS_BACK = 7
/** Days that the worker may be down before rows go to the default partition. */
const DAYS_AHEAD = 3

/** Maximum rows per statement, which limits the duration of locks. */
const BATCH_ROWS = 5_000

/** True if there is a partition that drop_partitions_before would drop. */
const EXPIRED_EXISTS = `EXISTS (
  SELECT FROM daily_tables JOIN pg_inherits ON inhparent = table_name::regclass JOIN pg_class AS child ON child.oid = inhrelid
  WHERE child.relname ~ '_p[0-9]{8}$'
    AND (to_date(right(child.relname, 8), 'YYYYMMDD') + 1)::timestamp AT TIME ZONE 'UTC' <= now() - make_interval(days => $1))`

/** Creates and drops the daily partitions. */
@Injectable()
export class PartitionsService {
  constructor(private readonly database: Database) {}

  /** Creates the partitions of these days. @returns the number of created partitions. */
  async ensure(): Promise<number> {
    const rows = await this.database.query<{ created: number }>('SELECT ensure_partitions($1, $2) AS created', [DAYS_BACK, DAYS_AHEAD])
    return rows[0]?.created ?? 0
  }

  /**
   * Ends exports that run for longer, if there are partitions to drop: an export locks all partitions until its client has read the last row.
   *
   * @returns the number of ended exports.
   */
  async endExports(days: number, olderThanSeconds: number): Promise<number> {
    const rows = await this.database.query<object>(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'guardimesh% export' AND xact_start < now() - make_interval(secs => $2)
         AND ${EXPIRED_EXISTS}`,
      [days, olderThanSeconds],
    )
    return rows.length
  }

  /** Drops partitions older than a number of days. @returns the number of dropped partitions. */
  async dropOlderThan(days: number): Promise<number> {
    const rows = await this.database.query<{ dropped: number }>(
      'SELECT drop_partitions_before(now() - make_interval(days => $1)) AS dropped',
      [days],
    )
    return rows[0]?.dropped ?? 0
  }

  /** Deletes old rows from the default partitions, which contain results with wrong clocks. @returns the number of deleted rows. */
  async deleteMisdatedOlderThan(days: number): Promise<number> {
    for (let total = 0; ; ) {
      const rows = await this.database.query<{ deleted: number }>(
        'SELECT delete_default_rows_before(now() - make_interval(days => $1), $2) AS deleted',
        [days, BATCH_ROWS],
      )
      const deleted = rows[0]?.deleted ?? 0
      total += deleted
      if (deleted === 0) return total
    }
  }
}
