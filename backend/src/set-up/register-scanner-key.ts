import type { ApiKeyParts } from '@guardimesh/kit'
import { ApiKeyRepository } from '../features/api-keys/api-key.repository.js'
import { insertApiKey } from '../features/api-keys/insert-api-key.js'
import { AuditRepository } from '../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../platform/audit/request-origin.js'
import type { Database } from '../platform/database/database.js'

/**
 * Makes the scanners' key known, which was made elsewhere. Keys that were known before stay in force until a person revokes them, so that scanners
 * that still have an old one can report.
 *
 * @returns whether the key is in force: a person may have revoked it, and that holds.
 */
export function registerScannerKey(database: Database, key: ApiKeyParts, label: string): Promise<boolean> {
  const apiKeys = new ApiKeyRepository(database)
  return database.transaction(async (tx) => {
    // Of two runs at the same time the second sees what the first did.
    await apiKeys.lockAndCount(tx)
    const known = await apiKeys.findByHash(tx, key.hash)
    if (known) return known.revokedAt === null
    const ownLabel = (await apiKeys.hasLabel(tx, label)) ? `${label} (${key.prefix})` : label
    const store = { apiKeys, audit: new AuditRepository() }
    await insertApiKey(tx, store, { label: ownLabel, scopes: ['ingestion'], key, actor: SYSTEM_ACTOR })
    return true
  })
}
