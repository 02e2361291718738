import type pg from 'pg'
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

async function rollBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
