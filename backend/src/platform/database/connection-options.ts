import { SECOND_MS } from '@guardimesh/contracts'
import pg from 'pg'

/** Where and as whom the database is reached. */
export interface DatabaseSettings {
  /** URL with the password in it. */
  readonly databaseUrl: string
  /** Shown in pg_stat_activity. */
  readonly applicationName: string
  /** The server ends a statement that takes longer; STATEMENT_TIMEOUT_MS when left out. */
  readonly statementTimeoutMs?: number
}

/** The console's queries take milliseconds. */
const STATEMENT_TIMEOUT_MS = 15 * SECOND_MS
/** An answer that does not come, though the server should have ended the statement: the connection is dead. */
const ANSWER_GRACE_MS = 5 * SECOND_MS
/** A database that cannot be reached is answered with DATABASE_UNAVAILABLE after this long. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS

/** Connection settings that every pool of ours has. bigint columns become numbers: all that we store are below 2^53. Pure. */
export function connectionOptions(settings: DatabaseSettings): pg.PoolConfig {
  const statementTimeoutMs = settings.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS
  return {
    connectionString: settings.databaseUrl,
    application_name: settings.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    types: { getTypeParser },
  }
}

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text')
}
