import type { ScanConfig } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import type { Queryable } from '../../platform/database/database.js'

export interface StoredScanConfig {
  /** As stored, possibly by an older version: parse it. */
  readonly config: unknown
  readonly updatedAt: Date
  readonly updatedBy: string
}

/** SQL of the scan configuration. */
@Injectable()
export class ScanConfigRepository {
  /** Returns undefined before the first change. */
  async read(database: Queryable): Promise<StoredScanConfig | undefined> {
    const rows = await database.query<StoredScanConfig>(
      'SELECT config, updated_at AS "updatedAt", updated_by AS "updatedBy" FROM scan_config',
    )
    return rows[0]
  }

  /** Serializes changes, including the first one, for which there is no row to lock. */
  async lock(tx: Queryable): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.scanConfig])
  }

  async write(tx: Queryable, config: ScanConfig, updatedBy: string): Promise<void> {
    await tx.execute(
      `INSERT INTO scan_config AS c (config, updated_by) VALUES ($1, $2)
       ON CONFLICT (only_row) DO UPDATE SET config = excluded.config, updated_by = excluded.updated_by, updated_at = now(), version = c.version + 1`,
      [JSON.stringify(config), updatedBy],
    )
  }
}
