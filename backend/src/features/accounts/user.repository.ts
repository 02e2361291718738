import type { AccountDetails, ChangeAccount, InviteAccount } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../platform/database/database.js'

type UserRow = Omit<AccountDetails, 'createdAt' | 'lastLogInAt' | 'invitationExpiresAt'> & {
  readonly createdAt: Date
  readonly lastLogInAt: Date | null
  readonly invitationExpiresAt: Date | null
}

/** Maximum number of listed users. */
const LIST_MAX = 1000

const SELECT = `SELECT account_id AS "accountId", email, display_name AS "displayName", role, accounts.created_at AS "createdAt",
    totp_enabled_at IS NOT NULL AS "hasTwoFactor", last_log_in_at AS "lastLogInAt", account_invitations.expires_at AS "invitationExpiresAt",
    CASE WHEN disabled_at IS NOT NULL THEN 'deactivated' WHEN password_hash IS NULL THEN 'invited' ELSE 'active' END AS state
  FROM accounts LEFT JOIN account_invitations USING (account_id)`

/** SQL of the administration of users. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<AccountDetails[]> {
    const rows = await this.database.query<UserRow>(`${SELECT} ORDER BY lower(email) LIMIT ${LIST_MAX}`)
    return rows.map(viewOf)
  }

  async find(tx: Queryable, accountId: string): Promise<AccountDetails | undefined> {
    const [row] = await tx.query<UserRow>(`${SELECT} WHERE account_id = $1`, [accountId])
    return row && viewOf(row)
  }

  /** Inserts an account without a password. @returns its id; undefined if the email address is in use. */
  async insert(tx: Queryable, { email, displayName, role }: InviteAccount): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO accounts (email, display_name, role) VALUES ($1, $2, $3) ON CONFLICT (lower(email)) DO NOTHING RETURNING account_id AS id`,
      [email, displayName, role],
    )
    return rows[0]?.id
  }

  /** Stores an invitation, which replaces an earlier one. */
  async invite(tx: Queryable, invitation: { accountId: string; tokenHash: Buffer; createdBy: string; expiresAt: Date }): Promise<void> {
    await tx.execute(
      `INSERT INTO account_invitations AS i (account_id, token_hash, created_by, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id) DO UPDATE SET token_hash = $2, created_by = $3, expires_at = $4, created_at = now()`,
      [invitation.accountId, invitation.tokenHash, invitation.createdBy, invitation.expiresAt],
    )
  }

  async deleteInvitation(tx: Queryable, accountId: string): Promise<void> {
    await tx.execute('DELETE FROM account_invitations WHERE account_id = $1', [accountId])
  }

  async change(tx: Queryable, accountId: string, { displayName, role, isActive }: ChangeAccount): Promise<void> {
    await tx.execute(
      `UPDATE accounts SET display_name = coalesce($2, display_name), role = coalesce($3, role),
         disabled_at = CASE $4::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, now()) ELSE disabled_at END
       WHERE account_id = $1`,
      [accountId, displayName ?? null, role ?? null, isActive ?? null],
    )
  }

  async delete(tx: Queryable, accountId: string): Promise<void> {
    await tx.execute('DELETE FROM accounts WHERE account_id = $1', [accountId])
  }

  /** Makes changes of accounts wait for each other, so that two administrators cannot remove each other at once. */
  async lock(tx: Queryable): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.administrators])
  }

  /** True if another administrator can log in. */
  async hasOtherAdministrator(tx: Queryable, accountId: string): Promise<boolean> {
    const rows = await tx.query<object>(
      `SELECT 1 FROM accounts WHERE role = 'administrator' AND disabled_at IS NULL AND password_hash IS NOT NULL AND account_id <> $1 LIMIT 1`,
      [accountId],
    )
    return rows.length > 0
  }
}

function viewOf(row: UserRow): AccountDetails {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastLogInAt: row.lastLogInAt?.toISOString() ?? null,
    invitationExpiresAt: row.invitationExpiresAt?.toISOString() ?? null,
  }
}
