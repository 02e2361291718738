import { DataSource, type QueryRunner } from 'typeorm'
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js'
import { MIGRATIONS } from './migrations.js'

/** Where the runner notes which steps are done. */
export const HISTORY_TABLE = 'schema_history'

/** Any number that no other user of the database takes for a lock. */
const LOCK_KEY = 7_216_530_418

/** The database was brought to a schema that this program is too old for. */
export class SchemaNewerError extends Error {
  override readonly name = 'SchemaNewerError'

  /** @param schema the newest step of the database. */
  constructor(readonly schema: string) {
    super(`the database has the schema ${schema}, which this version does not know; run the version that made it, or a newer one`)
  }
}

/**
 * Brings a database to the newest schema; several processes may do it at the same time: they take turns.
 *
 * @param connection how to reach the database, as TypeORM takes it.
 * @returns names of the steps that were done now; empty when the schema was up to date.
 * @throws SchemaNewerError when a newer program brought the database to a schema that this one does not know; nothing is changed then.
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
    await refuseNewer(lock)
    const done = await source.runMigrations()
    return done.map((migration) => migration.name)
  } finally {
    // The lock goes with its session.
    await lock.release()
    await source.destroy()
  }
}

async function refuseNewer(runner: QueryRunner): Promise<void> {
  const { records: tables } = await runner.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [HISTORY_TABLE], true)
  if (tables.length === 0) return
  const known = MIGRATIONS.map((migration) => migration.name)
  const sql = `SELECT name FROM ${HISTORY_TABLE} WHERE name <> ALL($1::text[]) ORDER BY "timestamp" DESC, id DESC LIMIT 1`
  const { records } = await runner.query(sql, [known], true)
  if (records[0]) throw new SchemaNewerError(String(records[0].name))
}

/** The newest step's name, as HISTORY_TABLE holds it: what a database must have before a process may use it. */
export const LATEST_MIGRATION: string = MIGRATIONS[MIGRATIONS.length - 1]?.name ?? ''
