import { failedChecks } from '@guardimesh/kit'
import { HISTORY_TABLE, LATEST_MIGRATION } from '@guardimesh/migrations'
import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

/** Readiness of the process. */
@Injectable()
export class HealthService {
  #isStopping = false

  constructor(private readonly database: Database) {}

  /** Makes /readyz fail, so that the process receives no new requests. */
  markStopping(): void {
    this.#isStopping = true
  }

  /** Returns a line per failed check; none if the process is ready. */
  missing(): Promise<string[]> {
    return failedChecks({
      process: () => {
        if (this.#isStopping) throw new Error('is stopping')
      },
      database: () => this.#checkDatabase(),
    })
  }

  async #checkDatabase(): Promise<void> {
    const tables = await this.database.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [HISTORY_TABLE])
    const done = tables[0]?.found
      ? await this.database.query<object>(`SELECT 1 FROM ${HISTORY_TABLE} WHERE name = $1`, [LATEST_MIGRATION])
      : []
    if (done.length === 0) throw new Error(`schema is older than ${LATEST_MIGRATION}; run the migrations`)
  }
}
