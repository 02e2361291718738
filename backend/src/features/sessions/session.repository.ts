import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'

/** SQL of sessions; platform/auth reads them for requests. */
@Injectable()
export class SessionRepository {
  async insert(tx: Queryable, session: { tokenHash: Buffer; accountId: string; expiresAt: Date }): Promise<void> {
    await tx.execute('INSERT INTO sessions (token_hash, account_id, expires_at) VALUES ($1, $2, $3)', [
      session.tokenHash,
      session.accountId,
      session.expiresAt,
    ])
  }

  /** Deletes a session. @returns its account; undefined if it does not exist. */
  async delete(tx: Queryable, tokenHash: Buffer): Promise<{ accountId: string; email: string } | undefined> {
    const rows = await tx.query<{ accountId: string; email: string }>(
      `WITH ended AS (DELETE FROM sessions WHERE token_hash = $1 RETURNING account_id)
       SELECT account_id AS "accountId", email FROM ended JOIN accounts USING (account_id)`,
      [tokenHash],
    )
    return rows[0]
  }
}
