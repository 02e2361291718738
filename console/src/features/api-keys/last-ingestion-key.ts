import type { ApiKeyView } from '@guardimesh/contracts'

/** True if no scanner can report without `apiKey`. Pure. */
export function isLastIngestionKey(apiKey: ApiKeyView, all: readonly ApiKeyView[]): boolean {
  const usable = all.filter(
    ({ revokedAt, expiresAt, scopes }) =>
      revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now()) && scopes.includes('ingestion'),
  )
  return usable.length === 1 && usable[0]?.apiKeyId === apiKey.apiKeyId
}
