import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'

/** SQL of sessions; platform/auth reads them for requests. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Queryable, session: { tokenHash: Buffer; accountId: string; expiresAt: Date }): Promise<void> {
    await tx.execute('INSERT INTO sessions (token_hash, account_id, expires_at) VALUES ($1, $2, $3)', [
      session.tokenHash,
      session.accountId,
      session.expiresAt,
    ])
  }

  async delete(tokenHash: Buffer): Promise<void> {
    await this.database.execute('DELETE FROM sessions WHERE token_hash = $1', [tokenHash])
  }
}
