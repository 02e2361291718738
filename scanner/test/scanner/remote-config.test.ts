import { readFileSync } from 'node:fs'
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import { ScannerEvents } from '@guardimesh/scanner/processes/scanner/events/scanner-events.js'
import { RemoteConfig } from '@guardimesh/scanner/processes/scanner/remote/remote-config.js'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { createAuthority } from '@guardimesh/testbed/certificates.js'
import { expect, onTestFinished, test, vi } from 'vitest'
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

test('notices on an idle node that the authority of the backend was replaced, and that the node trusts the new one', async () => {
  await using folder = await temporaryFolder()
  const authorities = await Promise.all([createAuthority('old'), createAuthority('new')])
  const [before, after] = await Promise.all(authorities.map(async (authority) => pairOf(await authority.issue('DNS:localhost'))))
  const body = JSON.stringify({ ...DEFAULT_SCAN_CONFIG, pollIntervalSeconds: 3600 })
  const server = createServer({ ...before }, (_, response) => response.writeHead(200, { etag: '"one"' }).end(body))
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  const [caFile, apiKeyFile] = [join(folder.path, 'ca.crt'), join(folder.path, 'api-key')]
  await Promise.all([copyFile(authorities[0]?.caFile ?? '', caFile), writeFile(apiKeyFile, 'key')])
  const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`
  using backend = new BackendClient({ baseUrl, caFile, apiKeyFile, timeoutMs: 5000 })
  const path = join(folder.path, 'scan-config.json')
  const remote = new RemoteConfig({ backend, path, log: quietLog, events: new ScannerEvents(), maxIdleMs: 200 })
  const stop = new AbortController()
  const running = remote.run(stop.signal)
  onTestFinished(async () => {
    stop.abort()
    await running
    server.closeAllConnections()
    server.close()
    await Promise.all(authorities.map((authority) => rm(authority.folder, { recursive: true })))
  })
  await vi.waitFor(() => expect(remote.etag).toBe('"one"'))
  expect(backend.failure).toBe('')

  // The pods of the backend are replaced, so that all connections end. The kubelet updates the file a minute later.
  server.setSecureContext({ ...after })
  server.closeAllConnections()
  await vi.waitFor(() => expect(backend.failure).toMatch(/^the backend is unavailable: .*certificate/), 15_000)
  await copyFile(authorities[1]?.caFile ?? '', caFile)
  await vi.waitFor(() => expect(backend.failure).toBe(''), 15_000)
})

const pairOf = ({ certificateFile, keyFile }: { readonly certificateFile: string; readonly keyFile: string }) => ({
  cert: readFileSync(certificateFile),
  key: readFileSync(keyFile),
})
