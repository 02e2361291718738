import type { Logger } from '@guardimesh/kit'
import pg from 'pg'
import { connectionOptions, type DatabaseSettings } from './connection-options.js'

/** Creates a separate pool for one kind of work, which does not wait for connections of others. */
export function createPool(settings: DatabaseSettings, max: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({ ...connectionOptions(settings), max })
  // A lost connection fails its statement, and the pool opens another. Without a listener the error would end the process.
  const onLoss = (error: Error) => log.warn({ error, pool: settings.applicationName }, 'database connection lost')
  pool.on('error', onLoss)
  pool.on('connect', (client) => client.on('error', onLoss))
  return pool
}
