import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** A node may send results that were spooled for days. Older ones go to the default partition. */
const DAYS_BACK = 7
/** Days that the worker may be down before rows go to the default partition. */
const DAYS_AHEAD = 3

/** Maximum rows per statement, which limits the duration of locks. */
const BATCH_ROWS = 5_000

/** Creates and drops the daily partitions. */
@Injectable()
export class PartitionsService {
  constructor(private readonly database: Database) {}

  /** Creates the partitions of these days. @returns the number of created partitions. */
  async ensure(): Promise<number> {
    const rows = await this.database.query<{ created: number }>('SELECT ensure_partitions($1, $2) AS created', [DAYS_BACK, DAYS_AHEAD])
    return rows[0]?.created ?? 0
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
