import type { CreateException, ExceptionQuery } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { Queryable } from '../../platform/database/database.js'
import { EXCEPTIONS_CHANNEL } from '../../platform/notify/exceptions-channel.js'
import { Where } from '../../platform/paging/where.js'
import { EXCEPTION_COLUMNS, type ExceptionRow, STATE, UNUSED } from './exception-columns.js'

/** Days until an exception expires. */
type Validity = CreateException['expiresInDays']

/** Time at which an exception expires, for a parameter of whole days or NULL. */
const expiryOf = (parameter: string) => `now() + make_interval(days => ${parameter}::integer)`

/** SQL of exceptions. */
@Injectable()
export class ExceptionRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns up to `limit` exceptions with a lower id than `before`, newest first. */
  list({ state, unused }: Pick<ExceptionQuery, 'state' | 'unused'>, before: string | undefined, limit: number): Promise<ExceptionRow[]> {
    const where = new Where()
      .addOneOf(STATE, state)
      .add(`${UNUSED} = ?`, unused === undefined ? undefined : unused === 'true')
      .add('exception_id < ?::bigint', before)
    return this.database.query<ExceptionRow>(
      `SELECT ${EXCEPTION_COLUMNS} FROM exceptions ${where.sql} ORDER BY exception_id DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  async find(exceptionId: number): Promise<ExceptionRow | undefined> {
    const rows = await this.database.query<ExceptionRow>(`SELECT ${EXCEPTION_COLUMNS} FROM exceptions WHERE exception_id = $1`, [
      exceptionId,
    ])
    return rows[0]
  }

  /** Reads and locks an exception. */
  async lock(tx: Queryable, exceptionId: number): Promise<ExceptionRow | undefined> {
    const rows = await tx.query<ExceptionRow>(`SELECT ${EXCEPTION_COLUMNS} FROM exceptions WHERE exception_id = $1 FOR UPDATE`, [
      exceptionId,
    ])
    return rows[0]
  }

  /** Counts active exceptions. Other transactions that add one wait until this one ends. */
  async lockAndCountActive(tx: Queryable): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.newException])
    const rows = await tx.query<{ count: number }>(`SELECT count(*) AS count FROM exceptions WHERE ${STATE} = 'active'`)
    return rows[0]?.count ?? 0
  }

  insert(tx: Queryable, { criteria, reason, expiresInDays }: CreateException, isBroad: boolean, author: string): Promise<ExceptionRow> {
    return this.#one(
      tx,
      `INSERT INTO exceptions (criteria, is_broad, reason, created_by, updated_by, expires_at)
       VALUES ($1::jsonb, $2, $3, $4, $4, ${expiryOf('$5')}) RETURNING ${EXCEPTION_COLUMNS}`,
      [JSON.stringify(criteria), isBroad, reason, author, daysOf(expiresInDays)],
    )
  }

  /** @param change a field that is undefined keeps its value. */
  change(
    tx: Queryable,
    exceptionId: number,
    { reason, expiresInDays }: { readonly reason: string | undefined; readonly expiresInDays: Validity | undefined },
    author: string,
  ): Promise<ExceptionRow> {
    return this.#one(
      tx,
      `UPDATE exceptions SET reason = coalesce($2, reason), updated_at = now(), updated_by = $3,
         expires_at = CASE WHEN $4 THEN ${expiryOf('$5')} ELSE expires_at END
       WHERE exception_id = $1 RETURNING ${EXCEPTION_COLUMNS}`,
      [exceptionId, reason ?? null, author, expiresInDays !== undefined, expiresInDays === undefined ? null : daysOf(expiresInDays)],
    )
  }

  revoke(tx: Queryable, exceptionId: number, author: string): Promise<ExceptionRow> {
    return this.#one(
      tx,
      `UPDATE exceptions SET revoked_at = now(), revoked_by = $2, updated_at = now(), updated_by = $2
       WHERE exception_id = $1 RETURNING ${EXCEPTION_COLUMNS}`,
      [exceptionId, author],
    )
  }

  /** Notifies all backends when the transaction commits. */
  async announce(tx: Queryable): Promise<void> {
    await tx.query('SELECT pg_notify($1, $2)', [EXCEPTIONS_CHANNEL, ''])
  }

  async #one(tx: Queryable, sql: string, parameters: readonly unknown[]): Promise<ExceptionRow> {
    const [row] = await tx.query<ExceptionRow>(sql, parameters)
    if (!row) throw new Error('the database returned no row for an exception')
    return row
  }
}

/** make_interval of NULL is NULL, which never expires. */
function daysOf(validity: Validity): number | null {
  return validity === 'never' ? null : validity
}
