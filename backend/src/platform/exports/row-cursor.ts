import type pg from 'pg'
import { asDatabaseError, withoutValues } from '../database/database-errors.js'

/** Rows in memory at a time. */
const BATCH = 500

/** SQL of an export. */
export interface ExportSql {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** Reads the rows of a statement from a cursor of the server, all as of the same moment, with few of them in memory. */
export class RowCursor<Row extends object> {
  readonly #client: pg.PoolClient

  private constructor(client: pg.PoolClient) {
    this.#client = client
  }

  /** @throws GuardError DATABASE_UNAVAILABLE. */
  static async open<Row extends object>(pool: pg.Pool, { sql, values }: ExportSql): Promise<RowCursor<Row>> {
    const client = await pool.connect().catch(rethrow)
    try {
      await client.query('BEGIN READ ONLY')
      await client.query(`DECLARE exported NO SCROLL CURSOR FOR ${sql}`, [...values])
      return new RowCursor<Row>(client)
    } catch (error) {
      client.release(true)
      return rethrow(error)
    }
  }

  /** Returns the next rows; none at the end. */
  async next(): Promise<Row[]> {
    const { rows } = await this.#client.query<Row>(`FETCH ${BATCH} FROM exported`).catch(rethrow)
    return rows
  }

  /** Ends the transaction and returns the connection to its pool. */
  async close(): Promise<void> {
    const isEnded = await this.#client.query('ROLLBACK').then(
      () => true,
      () => false,
    )
    this.#client.release(!isEnded)
  }
}

function rethrow(error: unknown): never {
  throw asDatabaseError(withoutValues(error))
}
