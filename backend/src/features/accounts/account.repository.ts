import type { AccountView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../platform/database/database.js'

export interface StoredAccount extends AccountView {
  /** Null before the user accepts the invitation. */
  readonly passwordHash: string | null
}

/** SQL of accounts. */
@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  /** Returns undefined if the account does not exist or is disabled. */
  async findByEmail(email: string): Promise<StoredAccount | undefined> {
    const rows = await this.database.query<StoredAccount>(
      `SELECT account_id AS "accountId", email, display_name AS "displayName", role, password_hash AS "passwordHash"
       FROM accounts WHERE lower(email) = lower($1) AND disabled_at IS NULL`,
      [email],
    )
    return rows[0]
  }

  /** Locks out other processes that create a first account. @returns true if no account exists. */
  async lockIfEmpty(tx: Queryable): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.firstAccount])
    const rows = await tx.query<object>('SELECT 1 FROM accounts LIMIT 1')
    return rows.length === 0
  }

  /** Inserts an account and returns its id. */
  async insert(tx: Queryable, account: { email: string; displayName: string; role: string; passwordHash: string }): Promise<string> {
    const rows = await tx.query<{ id: string }>(
      'INSERT INTO accounts (email, display_name, role, password_hash) VALUES ($1, $2, $3, $4) RETURNING account_id AS id',
      [account.email, account.displayName, account.role, account.passwordHash],
    )
    return rows[0]?.id ?? ''
  }

  async updatePassword(tx: Queryable, accountId: string, passwordHash: string): Promise<void> {
    await tx.execute('UPDATE accounts SET password_hash = $2, password_changed_at = now() WHERE account_id = $1', [accountId, passwordHash])
    // A link from before must not change the password once more.
    await tx.execute('DELETE FROM account_invitations WHERE account_id = $1', [accountId])
  }
}
