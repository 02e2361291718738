import type { ApiKeyView } from '@guardimesh/contracts'

/** True when without `apiKey` no scanner can report. Pure. */
export function isLastIngestionKey(apiKey: ApiKeyView, all: readonly ApiKeyView[]): boolean {
  const usable = all.filter(({ revokedAt, scopes }) => revokedAt === null && scopes.includes('ingestion'))
  return usable.length === 1 && usable[0]?.apiKeyId === apiKey.apiKeyId
}
