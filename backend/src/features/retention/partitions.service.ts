import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** A node may bring results that waited in its spool for days. Older ones go to the default partition. */
const DAYS_BACK = 7
/** So many days the worker may be away before rows go to the default partition. */
const DAYS_AHEAD = 3

/** Rows of one statement, so that no lock is held for long. */
const BATCH_ROWS = 5_000

/** Makes and drops the daily partitions. */
@Injectable()
export class PartitionsService {
  constructor(private readonly database: Database) {}

  /** Makes the partitions that results of these days go to. @returns how many were made. */
  async ensure(): Promise<number> {
    const rows = await this.database.query<{ made: number }>('SELECT ensure_partitions($1, $2) AS made', [DAYS_BACK, DAYS_AHEAD])
    return rows[0]?.made ?? 0
  }

  /** Drops what is older than a number of days. @returns how many partitions went. */
  async dropOlderThan(days: number): Promise<number> {
    const rows = await this.database.query<{ dropped: number }>(
      'SELECT drop_partitions_before(now() - make_interval(days => $1)) AS dropped',
      [days],
    )
    return rows[0]?.dropped ?? 0
  }

  /** Deletes what was received before a number of days from the default partitions, where wrong clocks put it. @returns how many rows went. */
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
