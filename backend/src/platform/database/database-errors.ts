import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import pg from 'pg'

/** System errors of a failed or lost connection. */
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])
/**
 * SQLSTATEs of an unavailable server: connection (08), credentials (28), missing database (3D), resources (53), shutdown, start-up or
 * cancellation (57), I/O (58), and read-only after a switchover (25006).
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SQL_STATES = /^(08|28|3D|53|57|58|25006)/
/** Server certificates that `sslrootcert` does not verify, that are expired, or of another host. Source: Node's documentation of tls. */
const CERTIFICATE_CODES = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|INVALID_CA|HOSTNAME_MISMATCH)/
/** Messages of node-postgres errors without a code. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|connection error|query read timeout|client was closed|cannot use a pool|does not support SSL/i

/** Seconds after which a client may retry. */
const RETRY_AFTER_SECONDS = 2

/** Returns the SQLSTATE or system code of an error, including one wrapped by TypeORM; undefined without a code. */
export function databaseCodeOf(error: unknown): string | undefined {
  return systemCodeOf(unwrapped(error)) ?? systemCodeOf(error)
}

function unwrapped(error: unknown): unknown {
  return error instanceof Error && 'driverError' in error ? error.driverError : error
}

/**
 * Returns the driver's error instead of TypeORM's wrapper, which contains the values of the statement, and removes the row that PostgreSQL
 * quotes. Errors are logged, and values may be hashes of secrets or search terms.
 */
export function withoutValues(error: unknown): unknown {
  const inner = unwrapped(error)
  if (inner instanceof pg.DatabaseError) inner.detail = undefined
  return inner
}

/** True if the database is unavailable and the same statement may succeed later. */
export function isUnavailable(error: unknown): boolean {
  // A host name with several unreachable addresses.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnavailable)
  const code = databaseCodeOf(error)
  if (code !== undefined) return SYSTEM_CODES.has(code) || SQL_STATES.test(code) || CERTIFICATE_CODES.test(code)
  return MESSAGES.test(messageOf(error))
}

/** True for DATABASE_UNAVAILABLE and for driver errors that `asDatabaseError` converts to it. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof GuardError ? error.code === 'DATABASE_UNAVAILABLE' : isUnavailable(error)
}

/** Converts errors of an unavailable database to DATABASE_UNAVAILABLE and returns other errors unchanged. */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof GuardError || !isUnavailable(error)) return error
  const facts = { retryAfterSeconds: RETRY_AFTER_SECONDS }
  return new GuardError('DATABASE_UNAVAILABLE', explain(error), facts, { cause: error })
}

/** Returns a message without host names; the cause in the log contains them. */
function explain(error: unknown): string {
  return CERTIFICATE_CODES.test(databaseCodeOf(error) ?? '')
    ? "the database's certificate is not trusted; see the log for the reason, and check sslrootcert and the host of DATABASE_URL"
    : 'the database is unavailable; retry later'
}

/** True if the statement took longer than its timeout. */
export function isCancelled(error: unknown): boolean {
  return databaseCodeOf(error) === '57014'
}

/** True if a row with the same key exists. */
export function isUniqueViolation(error: unknown): boolean {
  return databaseCodeOf(error) === '23505'
}

/** True for a serialization failure or deadlock: the transaction may succeed if it is repeated immediately. */
export function isConcurrencyFailure(error: unknown): boolean {
  const code = databaseCodeOf(error)
  return code === '40001' || code === '40P01'
}

/** True if the database rejects a value: data exception (22), constraint (23), limit of a row or index entry (54). */
export function isRefusedValue(error: unknown): boolean {
  return /^(22|23|54)...$/.test(databaseCodeOf(error) ?? '')
}
