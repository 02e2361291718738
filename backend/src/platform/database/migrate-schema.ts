import { migrateDatabase } from '@guardimesh/migrations'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

/** Any number that no other lock of the database has. */
const LOCK_KEY = 7_216_530_423

/**
 * Brings a database to the newest schema, that of the job queue included. Processes that do it at the same time take turns.
 *
 * @returns names of the steps that were done now; empty when the schema was up to date.
 * @throws SchemaNewerError when the database is ahead of this program.
 */
export async function migrateSchema(databaseUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'guardimesh set-up', keepAlive: true })
  // Its loss is told by the statements of the others.
  lock.on('error', () => undefined)
  await lock.connect()
  try {
    // The queue's own steps are not safe to run twice at once.
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    const done = await migrateDatabase({ url: databaseUrl })
    await runMigrations({ connectionString: databaseUrl })
    return done
  } finally {
    // The lock goes with its session.
    await lock.end()
  }
}
