import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { ScannerEvents } from '@guardimesh/scanner/processes/scanner/events/scanner-events.js'
import { RemoteConfig } from '@guardimesh/scanner/processes/scanner/remote/remote-config.js'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { expect, test } from 'vitest'
import { quietLog, temporaryFolder } from '../report/spool-builders.js'

const stored = (changes: object) => JSON.stringify({ etag: '"kept"', config: { ...DEFAULT_SCAN_CONFIG, ...changes } })

test.each([
  { name: 'uses a valid file', content: stored({ maxFileSizeBytes: 4096 }), maxFileSizeBytes: 4096, etag: '"kept"' },
  { name: 'rejects an invalid schedule', content: stored({ schedule: '99 99 * * *' }), etag: '' },
  { name: 'rejects a number out of range', content: stored({ maxFileSizeBytes: 1e15 }), etag: '' },
  { name: 'rejects a truncated file', content: stored({}).slice(0, 100), etag: '' },
])('$name', async ({ content, etag, maxFileSizeBytes = DEFAULT_SCAN_CONFIG.maxFileSizeBytes }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'scan-config.json')
  await writeFile(path, content)
  using backend = new BackendClient({ baseUrl: 'http://127.0.0.1:1', apiKeyFile: join(folder.path, 'api-key'), timeoutMs: 1000 })
  const remote = new RemoteConfig({ backend, path, log: quietLog, events: new ScannerEvents() })
  await remote.load()
  expect({ etag: remote.etag, maxFileSizeBytes: remote.config.maxFileSizeBytes }).toEqual({ etag, maxFileSizeBytes })
})
