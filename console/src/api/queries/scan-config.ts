import { type ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

export const scanConfigKey = ['scan-config'] as const

export const scanConfigQuery = queryOptions({
  queryKey: scanConfigKey,
  queryFn: ({ signal }) => callApi('/api/scan/config', ScanConfigView, { signal }),
  // A form edits this data: it is refetched only on request of the user.
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
})

/** @param etag of the edited version; the backend responds with SCAN_CONFIG_CHANGED if it is no longer the latest. */
export const putScanConfig = ({ config, etag }: { config: ScanConfig; etag: string }) =>
  callApi('/api/scan/config', ScanConfigView, { method: 'PUT', body: config, headers: { 'if-match': etag } })
