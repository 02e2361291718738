import type { ApiKeyScope, ApiKeyView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../platform/database/database.js'

interface ApiKeyRow {
  readonly apiKeyId: string
  readonly label: string
  readonly prefix: string
  readonly scopes: ApiKeyScope[]
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

const COLUMNS = `api_key_id AS "apiKeyId", label, prefix, scopes, created_at AS "createdAt", created_by AS "createdBy",
  expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`

/** Maximum number of listed keys; an installation has a handful. */
const LIST_MAX = 1000

/** SQL of API keys; platform/auth verifies them. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<ApiKeyView[]> {
    const rows = await this.database.query<ApiKeyRow>(
      `SELECT ${COLUMNS} FROM api_keys ORDER BY created_at DESC, api_key_id LIMIT ${LIST_MAX}`,
    )
    return rows.map(viewOf)
  }

  async insert(
    tx: Queryable,
    key: { label: string; prefix: string; hash: Buffer; scopes: readonly ApiKeyScope[]; createdBy: string; expiresAt: string | null },
  ): Promise<ApiKeyView> {
    const rows = await tx.query<ApiKeyRow>(
      `INSERT INTO api_keys (label, prefix, secret_hash, scopes, created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      [key.label, key.prefix, key.hash, key.scopes, key.createdBy, key.expiresAt],
    )
    const row = rows[0]
    if (!row) throw new Error('the database returned no row for a new API key')
    return viewOf(row)
  }

  /** Counts active keys. Other transactions that create a key wait until this one ends. */
  async lockAndCount(tx: Queryable): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.newApiKey])
    const rows = await tx.query<{ count: number }>(
      'SELECT count(*) AS count FROM api_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())',
    )
    return rows[0]?.count ?? 0
  }

  /** @param hash SHA-256 of the whole key. */
  async findByHash(tx: Queryable, hash: Buffer): Promise<{ readonly revokedAt: Date | null } | undefined> {
    const rows = await tx.query<{ revokedAt: Date | null }>('SELECT revoked_at AS "revokedAt" FROM api_keys WHERE secret_hash = $1', [hash])
    return rows[0]
  }

  async hasLabel(tx: Queryable, label: string): Promise<boolean> {
    const rows = await tx.query<object>('SELECT 1 FROM api_keys WHERE label = $1 LIMIT 1', [label])
    return rows.length > 0
  }

  /** Revokes a key. @returns its label; undefined if it does not exist or is already revoked. */
  async revoke(tx: Queryable, apiKeyId: string, revokedBy: string): Promise<string | undefined> {
    const rows = await tx.query<{ label: string }>(
      'UPDATE api_keys SET revoked_at = now(), revoked_by = $2 WHERE api_key_id = $1 AND revoked_at IS NULL RETURNING label',
      [apiKeyId, revokedBy],
    )
    return rows[0]?.label
  }

  async exists(tx: Queryable, apiKeyId: string): Promise<boolean> {
    const rows = await tx.query<object>('SELECT 1 FROM api_keys WHERE api_key_id = $1', [apiKeyId])
    return rows.length > 0
  }

  /** Notifies all processes of the change when the transaction commits. */
  async announce(tx: Queryable, channel: string, apiKeyId: string): Promise<void> {
    await tx.query<object>('SELECT pg_notify($1, $2)', [channel, apiKeyId])
  }
}

function viewOf(row: ApiKeyRow): ApiKeyView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
