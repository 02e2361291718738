import { DataSource, type QueryRunner } from 'typeorm'
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js'
import { MIGRATIONS } from './migrations.js'

/** Table with the applied migrations. */
export const HISTORY_TABLE = 'schema_history'

/** Key of an advisory lock: arbitrary, but unique in the database. */
const LOCK_KEY = 7_216_530_418

/** The schema of the database is newer than this version. */
export class SchemaNewerError extends Error {
  override readonly name = 'SchemaNewerError'

  /** @param schema latest migration of the database. */
  constructor(readonly schema: string) {
    super(`the database has the newer schema ${schema}; run the version that created it, or a later one`)
  }
}

/**
 * Migrates a database to the latest schema. Concurrent processes are serialized.
 *
 * @param connection TypeORM connection options.
 * @returns names of the applied migrations; empty if the schema was up to date.
 * @throws SchemaNewerError if the schema is newer than this version; nothing is changed then.
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
    await rejectNewer(lock)
    const applied = await source.runMigrations()
    return applied.map((migration) => migration.name)
  } finally {
    // Ending the session releases the lock.
    await lock.release()
    await source.destroy()
  }
}

async function rejectNewer(runner: QueryRunner): Promise<void> {
  const { records: tables } = await runner.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [HISTORY_TABLE], true)
  if (tables.length === 0) return
  const known = MIGRATIONS.map((migration) => migration.name)
  const sql = `SELECT name FROM ${HISTORY_TABLE} WHERE name <> ALL($1::text[]) ORDER BY "timestamp" DESC, id DESC LIMIT 1`
  const { records } = await runner.query(sql, [known], true)
  if (records[0]) throw new SchemaNewerError(String(records[0].name))
}

/** Name of the latest migration in HISTORY_TABLE, which a process requires. */
export const LATEST_MIGRATION: string = MIGRATIONS[MIGRATIONS.length - 1]?.name ?? ''
