import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { RemoteConfig } from '@guardimesh/scanner/processes/scanner/remote/remote-config.js'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { expect, test } from 'vitest'
import { quietLog, temporaryFolder } from '../report/spool-builders.js'

const kept = (changes: object) => JSON.stringify({ etag: '"kept"', config: { ...DEFAULT_SCAN_CONFIG, ...changes } })

test.each([
  { name: 'a good one', content: kept({ maxFileSizeBytes: 4096 }), maxFileSizeBytes: 4096, etag: '"kept"' },
  { name: 'a schedule that is none', content: kept({ schedule: '99 99 * * *' }), etag: '' },
  { name: 'a number beyond its bounds', content: kept({ maxFileSizeBytes: 1e15 }), etag: '' },
  { name: 'half of one', content: kept({}).slice(0, 100), etag: '' },
])('the configuration that was kept: $name', async ({ content, etag, maxFileSizeBytes = DEFAULT_SCAN_CONFIG.maxFileSizeBytes }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'scan-config.json')
  await writeFile(path, content)
  using backend = new BackendClient({ baseUrl: 'http://127.0.0.1:1', apiKeyFile: join(folder.path, 'api-key'), timeoutMs: 1000 })
  const remote = new RemoteConfig({ backend, path, log: quietLog, onChange: () => {}, onState: () => {} })
  await remote.load()
  expect({ etag: remote.etag, maxFileSizeBytes: remote.config.maxFileSizeBytes }).toEqual({ etag, maxFileSizeBytes })
})
