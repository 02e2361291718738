import { type ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

export const scanConfigKey = ['scan-config'] as const

export const scanConfigQuery = queryOptions({
  queryKey: scanConfigKey,
  queryFn: ({ signal }) => callApi('/api/scan/config', ScanConfigView, { signal }),
  // A form is open over this answer: it is read again only when a person asks.
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
})

/** @param etag of the version that was changed; the backend answers SCAN_CONFIG_CHANGED when it is not the latest any more. */
export const putScanConfig = ({ config, etag }: { config: ScanConfig; etag: string }) =>
  callApi('/api/scan/config', ScanConfigView, { method: 'PUT', body: config, headers: { 'if-match': etag } })
