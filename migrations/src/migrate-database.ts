import { DataSource } from 'typeorm'
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js'
import { MIGRATIONS } from './migrations.js'

/** Where the runner notes which steps are done. */
export const HISTORY_TABLE = 'schema_history'

/** Any number that no other user of the database takes for a lock. */
const LOCK_KEY = 7_216_530_418

/**
 * Brings a database to the newest schema; several processes may do it at the same time: they take turns.
 *
 * @param connection how to reach the database, as TypeORM takes it.
 * @returns names of the steps that were done now; empty when the schema was up to date.
 */
export async function migrateDatabase(connection: Omit<PostgresDataSourceOptions, 'type'>): Promise<string[]> {
  const source = new DataSource({
    ...connection,
    type: 'postgres',
    migrations: [...MIGRATIONS],
    migrationsTableName: HISTORY_TABLE,
    migrationsTransactionMode: 'each',
  })
  await source.initialize()
  const lock = source.createQueryRunner()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    const done = await source.runMigrations()
    return done.map((migration) => migration.name)
  } finally {
    // The lock goes with its session.
    await lock.release()
    await source.destroy()
  }
}

/** The newest step's name, as HISTORY_TABLE holds it: what a database must have before a process may use it. */
export const LATEST_MIGRATION: string = MIGRATIONS[MIGRATIONS.length - 1]?.name ?? ''
