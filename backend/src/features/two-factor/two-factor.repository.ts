import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'

/** The second factor of an account. */
export interface StoredTotp {
  readonly email: string
  /** Encrypted; null unless it is set up. */
  readonly secret: string | null
  readonly isEnabled: boolean
  readonly recoveryCodesLeft: number
}

/** SQL of second factors. */
@Injectable()
export class TwoFactorRepository {
  constructor(private readonly database: Database) {}

  async find(accountId: string): Promise<StoredTotp | undefined> {
    const [row] = await this.database.query<StoredTotp>(
      `SELECT email, totp_secret AS secret, totp_enabled_at IS NOT NULL AS "isEnabled",
         (SELECT count(*)::int FROM account_recovery_codes AS codes WHERE codes.account_id = accounts.account_id) AS "recoveryCodesLeft"
       FROM accounts WHERE account_id = $1`,
      [accountId],
    )
    return row
  }

  /** Stores a secret that the user has not confirmed yet. @returns false if a confirmed one exists. */
  async setSecret(tx: Queryable, accountId: string, secret: string): Promise<boolean> {
    const changed = await tx.execute(
      'UPDATE accounts SET totp_secret = $2, totp_last_step = 0 WHERE account_id = $1 AND totp_enabled_at IS NULL',
      [accountId, secret],
    )
    return changed > 0
  }

  /** @returns false if it is already enabled. */
  async enable(tx: Queryable, accountId: string): Promise<boolean> {
    const changed = await tx.execute(
      'UPDATE accounts SET totp_enabled_at = now() WHERE account_id = $1 AND totp_secret IS NOT NULL AND totp_enabled_at IS NULL',
      [accountId],
    )
    return changed > 0
  }

  /** @returns false if it was not enabled. */
  async disable(tx: Queryable, accountId: string): Promise<boolean> {
    await tx.execute('DELETE FROM account_recovery_codes WHERE account_id = $1', [accountId])
    const changed = await tx.execute(
      'UPDATE accounts SET totp_secret = NULL, totp_enabled_at = NULL WHERE account_id = $1 AND totp_enabled_at IS NOT NULL',
      [accountId],
    )
    return changed > 0
  }

  /** Accepts a time step once. @returns false if a code of this or a later step was accepted before. */
  async useStep(accountId: string, step: number): Promise<boolean> {
    const changed = await this.database.execute('UPDATE accounts SET totp_last_step = $2 WHERE account_id = $1 AND totp_last_step < $2', [
      accountId,
      step,
    ])
    return changed > 0
  }

  async replaceRecoveryCodes(tx: Queryable, accountId: string, hashes: readonly Buffer[]): Promise<void> {
    await tx.execute('DELETE FROM account_recovery_codes WHERE account_id = $1', [accountId])
    await tx.execute('INSERT INTO account_recovery_codes (account_id, code_hash) SELECT $1, unnest($2::bytea[])', [accountId, hashes])
  }

  /** Uses up a recovery code. @returns false if it does not exist. */
  async useRecoveryCode(accountId: string, hash: Buffer): Promise<boolean> {
    return (
      (await this.database.execute('DELETE FROM account_recovery_codes WHERE account_id = $1 AND code_hash = $2', [accountId, hash])) > 0
    )
  }
}
