import type pg from 'pg'
import { DataSource, type QueryRunner } from 'typeorm'
import { connectionOptions, type DatabaseSettings } from './connection-options.js'
import { asDatabaseError, isCancelled, isUnavailable, withoutValues } from './database-errors.js'

/** Runs SQL: the database or a transaction. The first argument of repository methods. */
export interface Queryable {
  /** Returns the rows of a statement; none without RETURNING. @throws GuardError DATABASE_UNAVAILABLE. */
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** Returns the number of changed rows. @throws GuardError DATABASE_UNAVAILABLE. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>
}

/** Maximum connections of one Database. */
const POOL_MAX = 6

/**
 * The database of a process. Connects at the first statement and reconnects automatically, so a process starts and runs without its database,
 * and fails with DATABASE_UNAVAILABLE meanwhile.
 */
export class Database implements Queryable {
  readonly #source: DataSource
  #initializing: Promise<unknown> | undefined

  constructor(settings: DatabaseSettings) {
    this.#source = new DataSource({
      type: 'postgres',
      url: settings.databaseUrl,
      applicationName: settings.applicationName,
      installExtensions: false,
      entities: [],
      extra: { ...connectionOptions(settings), max: POOL_MAX },
    })
  }

  query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.#run((runner) => runner.query<Row>(sql, parameters))
  }

  execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return this.#run((runner) => runner.execute(sql, parameters))
  }

  /** Returns the rows of a statement, or undefined if it takes longer. @throws GuardError DATABASE_UNAVAILABLE. */
  queryWithin<Row extends object>(timeoutMs: number, sql: string, parameters: readonly unknown[] = []): Promise<Row[] | undefined> {
    return this.transaction(async (tx) => {
      await tx.execute(`SET LOCAL statement_timeout = ${timeoutMs}`)
      try {
        return await tx.query<Row>(sql, parameters)
      } catch (error) {
        if (isCancelled(error)) return undefined
        throw error
      }
    })
  }

  /** Runs work in one transaction and rolls back if it throws. Do not use the database itself inside. */
  transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result> {
    return this.#run(async (queryable, runner) => {
      await runner.startTransaction()
      try {
        const result = await work(queryable)
        await runner.commitTransaction()
        return result
      } catch (error) {
        // A lost connection has no transaction to roll back.
        await runner.rollbackTransaction().catch(() => undefined)
        throw error
      }
    })
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.#initializing?.catch(() => undefined)
    if (this.#source.isInitialized) await this.#source.destroy()
  }

  async #run<Result>(work: (queryable: Queryable, runner: QueryRunner) => Promise<Result>): Promise<Result> {
    try {
      await this.#connected()
      return await this.#useConnection(work)
    } catch (error) {
      throw asDatabaseError(withoutValues(error))
    }
  }

  async #useConnection<Result>(work: (queryable: Queryable, runner: QueryRunner) => Promise<Result>): Promise<Result> {
    const runner = this.#source.createQueryRunner()
    try {
      const client: pg.PoolClient = await runner.connect()
      try {
        return await work(queryableOf(runner), runner)
      } catch (error) {
        // A connection after a timeout must not be reused; the pool removes ended connections.
        if (isUnavailable(error)) await client.end().catch(() => undefined)
        throw error
      }
    } finally {
      await runner.release()
    }
  }

  async #connected(): Promise<void> {
    if (this.#source.isInitialized) return
    this.#initializing ??= this.#source.initialize().finally(() => {
      this.#initializing = undefined
    })
    await this.#initializing
  }
}

function queryableOf(runner: QueryRunner): Queryable {
  const run = (sql: string, parameters: readonly unknown[] = []) => runner.query(sql, [...parameters], true)
  return {
    query: async (sql, parameters) => (await run(sql, parameters)).records,
    execute: async (sql, parameters) => (await run(sql, parameters)).affected ?? 0,
  }
}
