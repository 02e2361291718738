import type { ApiKeyParts } from '@guardimesh/kit'
import { ApiKeyRepository } from '../features/api-keys/api-key.repository.js'
import { insertApiKey } from '../features/api-keys/insert-api-key.js'
import { AuditRepository } from '../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../platform/audit/request-origin.js'
import type { Database } from '../platform/database/database.js'

/**
 * Registers the API key of the scanners, which was created elsewhere. Earlier keys remain valid until a user revokes them, so scanners that
 * still have an old key can report.
 *
 * @returns false if the key is revoked; it remains revoked.
 */
export function registerScannerKey(database: Database, key: ApiKeyParts, label: string): Promise<boolean> {
  const apiKeys = new ApiKeyRepository(database)
  return database.transaction(async (tx) => {
    // The lock makes concurrent runs see each other's key.
    await apiKeys.lockAndCount(tx)
    const known = await apiKeys.findByHash(tx, key.hash)
    if (known) return known.revokedAt === null
    const ownLabel = (await apiKeys.hasLabel(tx, label)) ? `${label} (${key.prefix})` : label
    const store = { apiKeys, audit: new AuditRepository() }
    await insertApiKey(tx, store, { label: ownLabel, scopes: ['ingestion'], key, actor: SYSTEM_ACTOR })
    return true
  })
}
