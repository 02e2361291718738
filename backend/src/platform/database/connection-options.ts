import { SECOND_MS } from '@guardimesh/contracts'
import pg from 'pg'

/** Connection settings of the database. */
export interface DatabaseSettings {
  /** URL including the password. */
  readonly databaseUrl: string
  /** Shown in pg_stat_activity. */
  readonly applicationName: string
  /** Timeout of a statement on the server; default: STATEMENT_TIMEOUT_MS. */
  readonly statementTimeoutMs?: number
}

/** Queries of the console take milliseconds. */
const STATEMENT_TIMEOUT_MS = 15 * SECOND_MS
/** Additional time for the response to a statement that the server cancelled; after that, the connection is considered dead. */
const RESPONSE_GRACE_MS = 5 * SECOND_MS
/** Time until an unreachable database causes DATABASE_UNAVAILABLE. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS

/** Builds the options of every pool. Parses bigint columns as numbers, because all stored values are below 2^53. Pure. */
export function connectionOptions(settings: DatabaseSettings): pg.PoolConfig {
  const statementTimeoutMs = settings.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS
  return {
    connectionString: settings.databaseUrl,
    application_name: settings.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + RESPONSE_GRACE_MS,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    types: { getTypeParser },
  }
}

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text')
}
