import type { Readable, Writable } from 'node:stream'
import { CommandError } from '../command-error.js'
import type { Platform } from '../kube/platform.js'
import { execInPod, FAILED_MARK } from '../kube/pod-exec.js'

const PROGRAMS = '/usr/lib/postgresql/15/bin'
/** The user in the pod is a superuser of the database. */
const LOGIN = ['--host=/tmp', '--username=postgres']
const DATABASE = 'guardimesh'
const OWNER = 'guardimesh'
/** Name of the database being restored, which is unused until it is complete. An interrupted restore leaves it; the next one replaces it. */
const RESTORING = 'guardimesh_restoring'
/** Name of the previous database until the restored one is active. */
const BEFORE = 'guardimesh_before'
/** Source: migrations/src/migrate-database.ts, HISTORY_TABLE. */
const NEWEST_STEP = `SELECT name || ' ' || "timestamp" FROM schema_history ORDER BY "timestamp" DESC, id DESC LIMIT 1`

export interface Schema {
  readonly name: string
  /** Increasing number. */
  readonly number: number
}

/** Client of the bundled PostgreSQL of a platform. */
export class BundledDatabase {
  readonly #platform: Platform
  readonly #pod: string

  private constructor(platform: Platform, pod: string) {
    this.#platform = platform
    this.#pod = pod
  }

  static async find(platform: Platform): Promise<BundledDatabase> {
    platform.requireBundledDatabase()
    return new BundledDatabase(platform, await platform.readyPod('postgres'))
  }

  /** @throws CommandError when the database was never set up. */
  async schema(): Promise<Schema> {
    const [name, number] = (await this.#query(DATABASE, NEWEST_STEP)).trim().split(' ')
    if (!name || !number) throw new CommandError('The database has no schema yet: wait until the platform is ready.')
    return { name, number: Number(number) }
  }

  /** Dumps a consistent snapshot of the database in PostgreSQL's compressed format. */
  async dump(stdout: Writable): Promise<void> {
    await this.#run({ command: [`${PROGRAMS}/pg_dump`, ...LOGIN, '--format=custom', DATABASE], stdout })
  }

  /** Restores a dump next to the active database. pg_restore stops reading at the end of the dump; the rest of its input must be read, or its output is lost. */
  async restoreBeside(dump: Readable): Promise<void> {
    await this.#query('postgres', `DROP DATABASE IF EXISTS ${RESTORING} WITH (FORCE)`)
    await this.#query('postgres', `CREATE DATABASE ${RESTORING} OWNER ${OWNER}`)
    const restore = [`${PROGRAMS}/pg_restore`, ...LOGIN, '--exit-on-error', `--dbname=${RESTORING}`]
    await this.#run({
      command: ['/bin/sh', '-c', `"$@" || { echo ${FAILED_MARK} >&2; cat >/dev/null; exit 1; }`, 'sh', ...restore],
      stdin: dump,
    })
  }

  /** Replaces the active database by the restored one in one transaction. It must have no connections. */
  async switchOver(): Promise<void> {
    await this.#query('postgres', `DROP DATABASE IF EXISTS ${BEFORE} WITH (FORCE)`)
    const sql = `BEGIN;
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('${DATABASE}', '${RESTORING}');
      ALTER DATABASE ${DATABASE} RENAME TO ${BEFORE};
      ALTER DATABASE ${RESTORING} RENAME TO ${DATABASE};
      COMMIT`
    await this.#query('postgres', sql)
  }

  async dropBefore(): Promise<void> {
    await this.#query('postgres', `DROP DATABASE IF EXISTS ${BEFORE} WITH (FORCE)`)
  }

  #query(database: string, sql: string): Promise<string> {
    const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1']
    return this.#run({ command: [`${PROGRAMS}/psql`, ...LOGIN, ...options, `--dbname=${database}`, `--command=${sql}`] })
  }

  #run(parts: { command: readonly string[]; stdin?: Readable; stdout?: Writable }): Promise<string> {
    const { client, namespace } = this.#platform
    return execInPod(client, { namespace, pod: this.#pod, container: 'postgres', ...parts })
  }
}
