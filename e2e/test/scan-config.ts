import { type ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'

/** Changes keys of the scan configuration as the settings page does. */
export async function changeScanConfig(api: ApiClient, change: Partial<ScanConfig>): Promise<void> {
  const { config, etag } = await api.get('/api/scan/config', ScanConfigView)
  const response = await api.send('PUT', '/api/scan/config', { ...config, ...change }, { 'if-match': etag })
  if (!response.ok) throw new Error(`the scan configuration was rejected: ${await response.text()}`)
}
