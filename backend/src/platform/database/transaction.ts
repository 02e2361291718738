import type pg from 'pg'
import type { Queryable } from './database.js'
import { isUnavailable } from './database-errors.js'

/**
 * Runs work in one transaction on a pool of `createPool`, for COPY, which TypeORM does not support. Resolves after the commit. Rolls back after
 * an error; removes a connection that was lost or timed out from the pool.
 */
export async function inTransaction<Result>(pool: pg.Pool, work: (tx: pg.ClientBase) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw new Error(`the transaction was not committed: the database responded with ${command}`)
    return result
  } catch (error) {
    isBroken = isUnavailable(error) || !(await rollBack(client))
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** Runs statements of repositories in a transaction of `inTransaction`. */
export function queryableOf(tx: pg.ClientBase): Queryable {
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => (await tx.query<Row>(sql, [...parameters])).rows,
    execute: async (sql, parameters = []) => (await tx.query(sql, [...parameters])).rowCount ?? 0,
  }
}

async function rollBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
