import type { Logger } from '@guardimesh/kit'
import pg from 'pg'
import { connectionOptions, type DatabaseSettings } from './connection-options.js'

/** Makes a pool apart from the Database's, for one kind of work: one never waits for the connections of another. */
export function createPool(settings: DatabaseSettings, max: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({ ...connectionOptions(settings), max })
  // The loss of a connection fails the statement under way, and the pool makes another; without a listener it would end the process.
  const onLoss = (error: Error) => log.warn({ error, pool: settings.applicationName }, 'a connection to the database was lost')
  pool.on('error', onLoss)
  pool.on('connect', (client) => client.on('error', onLoss))
  return pool
}
