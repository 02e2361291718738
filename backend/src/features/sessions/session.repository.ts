import type { SessionDetails } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'

export interface NewSessionRow {
  readonly tokenHash: Buffer
  readonly accountId: string
  readonly expiresAt: Date
  readonly clientIp: string
  readonly userAgent: string
}

type SessionRow = Omit<SessionDetails, 'createdAt' | 'lastUsedAt' | 'expiresAt'> & {
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
}

/** Maximum number of listed sessions of one account. */
const LIST_MAX = 200

/** SQL of sessions; platform/auth reads them for requests. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Queryable, session: NewSessionRow): Promise<void> {
    await tx.execute('INSERT INTO sessions (token_hash, account_id, expires_at, client_ip, user_agent) VALUES ($1, $2, $3, $4, $5)', [
      session.tokenHash,
      session.accountId,
      session.expiresAt,
      session.clientIp,
      session.userAgent,
    ])
    await tx.execute('UPDATE accounts SET last_log_in_at = now() WHERE account_id = $1', [session.accountId])
  }

  /** Deletes a session by its token. @returns its account; undefined if it does not exist. */
  async delete(tx: Queryable, tokenHash: Buffer): Promise<{ accountId: string; email: string } | undefined> {
    const rows = await tx.query<{ accountId: string; email: string }>(
      `WITH ended AS (DELETE FROM sessions WHERE token_hash = $1 RETURNING account_id)
       SELECT account_id AS "accountId", email FROM ended JOIN accounts USING (account_id)`,
      [tokenHash],
    )
    return rows[0]
  }

  /** Deletes a session of an account. @returns false if it does not exist. */
  async deleteOf(tx: Queryable, accountId: string, sessionId: string): Promise<boolean> {
    return (await tx.execute('DELETE FROM sessions WHERE account_id = $1 AND session_id = $2', [accountId, sessionId])) > 0
  }

  /** Lists sessions that have not ended, last used first. @param currentHash SHA-256 of the token of the request, hexadecimal. */
  async list(accountId: string, currentHash: string, idleSeconds: number): Promise<SessionDetails[]> {
    const rows = await this.database.query<SessionRow>(
      `SELECT session_id AS "sessionId", created_at AS "createdAt", last_seen_at AS "lastUsedAt", expires_at AS "expiresAt",
         client_ip AS "clientIp", user_agent AS "userAgent", token_hash = decode($2, 'hex') AS "isCurrent"
       FROM sessions WHERE account_id = $1 AND expires_at > now() AND last_seen_at > now() - make_interval(secs => $3)
       ORDER BY last_seen_at DESC, session_id LIMIT ${LIST_MAX}`,
      [accountId, currentHash, idleSeconds],
    )
    return rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }))
  }

  /** Returns the email address of an account. */
  async emailOf(tx: Queryable, accountId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ email: string }>('SELECT email FROM accounts WHERE account_id = $1', [accountId])
    return row?.email
  }
}
