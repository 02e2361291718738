import type { AccountView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Time to enter the code after the password. */
export const CHALLENGE_SECONDS = 300
const ATTEMPTS_MAX = 5

/** SQL of logins that wait for the code. */
@Injectable()
export class ChallengeRepository {
  constructor(private readonly database: Database) {}

  async insert(tokenHash: Buffer, accountId: string): Promise<void> {
    await this.database.execute(
      'INSERT INTO login_challenges (token_hash, account_id, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))',
      [tokenHash, accountId, CHALLENGE_SECONDS],
    )
  }

  /** Counts an attempt before the code is checked. @returns the account; undefined if the challenge ended or its account is disabled. */
  async countAttempt(tokenHash: Buffer): Promise<AccountView | undefined> {
    const [account] = await this.database.query<AccountView>(
      `UPDATE login_challenges AS c SET attempts = attempts + 1 FROM accounts AS a
       WHERE token_hash = $1 AND attempts < $2 AND expires_at > now() AND a.account_id = c.account_id AND disabled_at IS NULL
       RETURNING a.account_id AS "accountId", email, display_name AS "displayName", role`,
      [tokenHash, ATTEMPTS_MAX],
    )
    return account
  }

  async delete(tokenHash: Buffer): Promise<void> {
    await this.database.execute('DELETE FROM login_challenges WHERE token_hash = $1', [tokenHash])
  }
}
