import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import pg from 'pg'

/** System errors of a connection that could not be made or was lost. */
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
 * SQLSTATEs of a server that cannot serve now: connection (08), credentials (28), no such database (3D), resources (53), shutting down, starting
 * or cancelled (57), I/O (58), and a server that became read-only in a switch-over (25006).
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SQL_STATES = /^(08|28|3D|53|57|58|25006)/
/** A certificate of the server that does not lead to the authority of `sslrootcert`, has ended, or is of another host. Source: Node's documentation of tls. */
const CERTIFICATE_CODES = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|INVALID_CA|HOSTNAME_MISMATCH)/
/** What node-postgres says without a code. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|connection error|query read timeout|client was closed|cannot use a pool|does not support SSL/i

/** Seconds after which a client may try again. */
const RETRY_AFTER_SECONDS = 2

/** The SQLSTATE or system code of an error, also when TypeORM wrapped it; undefined when it has none. */
export function databaseCodeOf(error: unknown): string | undefined {
  return systemCodeOf(unwrapped(error)) ?? systemCodeOf(error)
}

function unwrapped(error: unknown): unknown {
  return error instanceof Error && 'driverError' in error ? error.driverError : error
}

/**
 * Gives the driver's own error in place of TypeORM's around it, which holds the statement's values, and without the row that PostgreSQL quotes:
 * errors are logged, and values may be hashes of secrets or what somebody searched for.
 */
export function withoutValues(error: unknown): unknown {
  const inner = unwrapped(error)
  if (inner instanceof pg.DatabaseError) inner.detail = undefined
  return inner
}

/** True when the database is away or cannot serve: the same statement may succeed later. */
export function isUnavailable(error: unknown): boolean {
  // A name with several addresses that all failed.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnavailable)
  const code = databaseCodeOf(error)
  if (code !== undefined) return SYSTEM_CODES.has(code) || SQL_STATES.test(code) || CERTIFICATE_CODES.test(code)
  return MESSAGES.test(messageOf(error))
}

/** True for DATABASE_UNAVAILABLE, and for the driver's error that it would be made of. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof GuardError ? error.code === 'DATABASE_UNAVAILABLE' : isUnavailable(error)
}

/** Gives DATABASE_UNAVAILABLE for a database that is away, and any other error as it is. */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof GuardError || !isUnavailable(error)) return error
  const facts = { retryAfterSeconds: RETRY_AFTER_SECONDS }
  return new GuardError('DATABASE_UNAVAILABLE', explain(error), facts, { cause: error })
}

/** Tells no names of hosts: the cause, in the log, does. */
function explain(error: unknown): string {
  return CERTIFICATE_CODES.test(databaseCodeOf(error) ?? '')
    ? "the database's certificate is not to be trusted; an administrator finds the reason in the log: sslrootcert and the host of DATABASE_URL must fit"
    : 'the database cannot be reached now; try again'
}

/** True when a row with the same key exists. */
export function isUniqueViolation(error: unknown): boolean {
  return databaseCodeOf(error) === '23505'
}

/** True when two transactions were in each other's way, and the same one may succeed at once: serialization failure, deadlock. */
export function isConcurrencyFailure(error: unknown): boolean {
  const code = databaseCodeOf(error)
  return code === '40001' || code === '40P01'
}

/** True when the database refuses a value: data exception (22), constraint (23), limit of a row or index entry (54). */
export function isRefusedValue(error: unknown): boolean {
  return /^(22|23|54)...$/.test(databaseCodeOf(error) ?? '')
}
