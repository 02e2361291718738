import { request } from 'node:http'
import { join } from 'node:path'
import { type ScanConfig, ScanConfigView, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import type { BenchPlatform } from './platform.js'

const READY_TIMEOUT_MS = 60 * SECOND_MS

/** Changes the scan configuration and restarts the scanner, so that the change is active from its start. */
export async function restartScannerWith({ api, env }: BenchPlatform, change: (config: ScanConfig) => ScanConfig): Promise<void> {
  const { config, etag } = await api.get('/api/scan/config', ScanConfigView)
  await api.put('/api/scan/config', change(config), { 'if-match': etag })
  const pidBefore = env.supervisor.identityOf('scanner')?.pid
  env.supervisor.signal('scanner', 'SIGTERM')
  const probe = join(env.folders.run, 'scanner/scanner.probe.sock')
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(100)) {
    const pid = env.supervisor.identityOf('scanner')?.pid
    if (pid !== undefined && pid !== pidBefore && (await isReady(probe))) return
  }
  throw new Error(`the scanner was not ready within ${READY_TIMEOUT_MS} ms after its restart`)
}

function isReady(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/readyz' }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
      .on('error', () => resolve(false))
      .end()
  })
}
