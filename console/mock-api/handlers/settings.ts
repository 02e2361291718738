import { ApiKeyList, CreateApiKey, CreatedApiKey, ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { answer, noContent, problem } from '../answer.js'
import type { MockRoute } from './mock-route.js'

export const settingsRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/keys$/, ({ db }) => answer(ApiKeyList, { items: db.apiKeys })],
  [
    'POST',
    /^\/api\/keys\/create$/,
    ({ body, db, session }) => {
      const { label, scopes, expiresAt = null } = CreateApiKey.parse(body)
      if (label === 'error-500') return problem('INTERNAL', 'The key could not be stored.')
      const apiKeyId = crypto.randomUUID()
      const apiKey = {
        apiKeyId,
        label,
        prefix: `gmk_${apiKeyId.slice(0, 6)}`,
        scopes,
        expiresAt,
        createdAt: new Date().toISOString(),
        createdBy: session?.email ?? '',
        lastUsedAt: null,
        revokedAt: null,
      }
      db.apiKeys.unshift(apiKey)
      return answer(CreatedApiKey, { ...apiKey, key: `${apiKey.prefix}_${crypto.randomUUID().replaceAll('-', '')}` })
    },
  ],
  [
    'DELETE',
    /^\/api\/keys\/([^/]+)$/,
    ({ db, parts }) => {
      const apiKey = db.apiKeys.find(({ apiKeyId }) => apiKeyId === parts[0])
      if (!apiKey) return problem('API_KEY_NOT_FOUND', 'API key not found.')
      apiKey.revokedAt = new Date().toISOString()
      return noContent()
    },
  ],
  ['GET', /^\/api\/scan\/config$/, ({ db }) => answer(ScanConfigView, db.scanConfig)],
  [
    'PUT',
    /^\/api\/scan\/config$/,
    ({ body, request, db, session }) => {
      const config = ScanConfig.parse(body)
      const isFirstTry = request.headers.get('if-match') === '"1"'
      // Marked input: the first save with this schedule conflicts with a change by another user.
      if (config.schedule === '0 0 * * 0' && isFirstTry) {
        db.scanConfig = {
          config: { ...db.scanConfig.config, maxFileSizeBytes: 52_428_800 },
          etag: '"2"',
          updatedAt: new Date().toISOString(),
          updatedBy: 'another-admin@guardimesh.local',
        }
      }
      if (request.headers.get('if-match') !== db.scanConfig.etag)
        return problem('SCAN_CONFIG_CHANGED', 'Another user changed the settings. Load them again.')
      db.scanConfig = { config, etag: `"${crypto.randomUUID()}"`, updatedAt: new Date().toISOString(), updatedBy: session?.email ?? null }
      return answer(ScanConfigView, db.scanConfig)
    },
  ],
]
