import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Blocks per statement: 8 MiB, about 100,000 rows. */
const BATCH_BLOCKS = 1024

/** Deletes old sightings with their matches and containers. */
@Injectable()
export class OldSightingsRepository {
  constructor(private readonly database: Database) {}

  /** Scans the whole table once, because there is no index on the time. @returns the number of deleted sightings. */
  async deleteOlderThan(days: number): Promise<number> {
    const [size] = await this.database.query<{ blocks: number }>(
      `SELECT (pg_relation_size('file_sightings') / current_setting('block_size')::bigint)::integer AS blocks`,
    )
    let total = 0
    for (let from = 0; from < (size?.blocks ?? 0); from += BATCH_BLOCKS)
      total += await this.database.execute(
        `DELETE FROM file_sightings WHERE ctid >= $1::tid AND ctid < $2::tid AND last_seen_at < now() - make_interval(days => $3)`,
        [`(${from},0)`, `(${from + BATCH_BLOCKS},0)`, days],
      )
    await this.database.execute(`DELETE FROM hash_matches WHERE found_at < now() - make_interval(days => $1)`, [days])
    // Containers after their sightings: a container's last-seen time is never before that of its sightings.
    await this.database.execute(`DELETE FROM sighting_containers WHERE last_seen_at < now() - make_interval(days => $1)`, [days])
    return total
  }
}
