import { migrateDatabase } from '@guardimesh/migrations'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

/** Key of an advisory lock: arbitrary, but unique in the database. */
const LOCK_KEY = 7_216_530_423

/**
 * Migrates a database to the latest schema, including that of the job queue. Concurrent processes are serialized.
 *
 * @returns names of the applied migrations; empty if the schema was up to date.
 * @throws SchemaNewerError if the schema is newer than this version.
 */
export async function migrateSchema(databaseUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'guardimesh set-up', keepAlive: true })
  // The other connections report a lost server.
  lock.on('error', () => undefined)
  await lock.connect()
  try {
    // The migrations of the queue must not run concurrently.
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    const applied = await migrateDatabase({ url: databaseUrl })
    await runMigrations({ connectionString: databaseUrl })
    return applied
  } finally {
    // Ending the session releases the lock.
    await lock.end()
  }
}
