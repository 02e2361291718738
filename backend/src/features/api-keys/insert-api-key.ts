import type { ApiKeyView, CreateApiKey } from '@guardimesh/contracts'
import type { ApiKeyParts } from '@guardimesh/kit'
import type { AuditActor, AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import type { Queryable } from '../../platform/database/database.js'
import type { ApiKeyRepository } from './api-key.repository.js'

/** Repositories for creating an API key. */
export interface ApiKeyStore {
  readonly apiKeys: ApiKeyRepository
  readonly audit: AuditRepository
}

/** An API key to store, and who created it. */
export interface ApiKeyRequest extends CreateApiKey {
  readonly key: ApiKeyParts
  readonly actor: AuditActor
  readonly origin?: RequestOrigin | undefined
}

/** Stores an API key and records it in the audit log. */
export async function insertApiKey(tx: Queryable, { apiKeys, audit }: ApiKeyStore, request: ApiKeyRequest): Promise<ApiKeyView> {
  const { label, scopes, expiresAt = null, actor, origin } = request
  const { prefix, hash } = request.key
  const view = await apiKeys.insert(tx, { label, prefix, hash, scopes, createdBy: actor.name, expiresAt })
  await audit.record(tx, {
    actor,
    action: 'api-key.create',
    target: view.apiKeyId,
    details: { label, scopes, prefix, expiresAt },
    ...origin,
  })
  return view
}
