import { ApiKeyList, type CreateApiKey, CreatedApiKey } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'

export const apiKeysKey = ['api-keys'] as const

export const apiKeyList = queryOptions({
  queryKey: apiKeysKey,
  queryFn: ({ signal }) => callApi('/api/keys', ApiKeyList, { signal }),
})

export const createApiKey = (key: CreateApiKey) => callApi('/api/keys/create', CreatedApiKey, { method: 'POST', body: key })
export const revokeApiKey = (apiKeyId: string) => commandApi(`/api/keys/${encodeURIComponent(apiKeyId)}`, { method: 'DELETE' })
