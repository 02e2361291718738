import { SignatureStaleness } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'

/** SQL of the staleness thresholds. */
@Injectable()
export class StalenessRepository {
  /** Returns the thresholds, by default those of the contracts. */
  async read(database: Queryable): Promise<SignatureStaleness> {
    const rows = await database.query<{ staleness: unknown }>('SELECT staleness FROM signature_staleness')
    return SignatureStaleness.parse(rows[0]?.staleness ?? {})
  }

  async write(tx: Queryable, staleness: SignatureStaleness, updatedBy: string): Promise<void> {
    await tx.execute(
      `INSERT INTO signature_staleness (staleness, updated_by) VALUES ($1, $2)
       ON CONFLICT (only_row) DO UPDATE SET staleness = excluded.staleness, updated_by = excluded.updated_by, updated_at = now()`,
      [JSON.stringify(staleness), updatedBy],
    )
  }
}
