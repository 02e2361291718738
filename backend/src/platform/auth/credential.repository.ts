import type { AccountView, ApiKeyScope } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

export interface StoredApiKey {
  readonly apiKeyId: string
  readonly label: string
  readonly prefix: string
  readonly scopes: readonly ApiKeyScope[]
  readonly revokedAt: Date | null
  readonly expiresAt: Date | null
}

export interface StoredSession {
  readonly account: AccountView
  readonly expiresAt: Date
  readonly lastSeenAt: Date
}

/** SQL of credentials. */
@Injectable()
export class CredentialRepository {
  constructor(private readonly database: Database) {}

  /** @param hash SHA-256 of the whole key. */
  async findApiKey(hash: Buffer): Promise<StoredApiKey | undefined> {
    const rows = await this.database.query<StoredApiKey>(
      `SELECT api_key_id AS "apiKeyId", label, prefix, scopes, revoked_at AS "revokedAt", expires_at AS "expiresAt" FROM api_keys WHERE secret_hash = $1`,
      [hash],
    )
    return rows[0]
  }

  async touchApiKey(apiKeyId: string): Promise<void> {
    // Each replica calls this once a minute; only one of them writes.
    await this.database.execute(
      `UPDATE api_keys SET last_used_at = now()
       WHERE api_key_id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [apiKeyId],
    )
  }

  /**
   * Finds a session.
   *
   * @param hash SHA-256 of the token.
   * @param idleSeconds a session that was not used for this time has ended.
   * @returns undefined if it expired or its account is disabled.
   */
  async findSession(hash: Buffer, idleSeconds: number): Promise<StoredSession | undefined> {
    const rows = await this.database.query<AccountView & Omit<StoredSession, 'account'>>(
      `SELECT account_id AS "accountId", email, display_name AS "displayName", role, expires_at AS "expiresAt", last_seen_at AS "lastSeenAt"
       FROM sessions JOIN accounts USING (account_id)
       WHERE token_hash = $1 AND expires_at > now() AND last_seen_at > now() - make_interval(secs => $2) AND disabled_at IS NULL`,
      [hash, idleSeconds],
    )
    const row = rows[0]
    if (!row) return undefined
    const { expiresAt, lastSeenAt, ...account } = row
    return { account, expiresAt, lastSeenAt }
  }

  /** @param sessionHash SHA-256 of the token, hexadecimal. */
  async touchSession(sessionHash: string, clientIp: string): Promise<void> {
    // A console sends several requests at once; only one of them writes.
    await this.database.execute(
      `UPDATE sessions SET last_seen_at = now(), client_ip = $2
       WHERE token_hash = decode($1, 'hex') AND last_seen_at < now() - interval '1 minute'`,
      [sessionHash, clientIp],
    )
  }
}
