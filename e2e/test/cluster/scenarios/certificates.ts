import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

const COMPONENTS = ['backend', 'console', 'signature-server', 'postgres'] as const
/** The kubelet updates a changed Secret in a pod within 90 s. */
const ROTATION_TIMEOUT_MS = 240_000
const REQUEST_INTERVAL_MS = 100

/** The running platform reloads renewed certificates. */
export function certificates(get: () => Installation): void {
  describe('certificates', () => {
    test('renews without a failed request or a lost finding', async () => {
      const { cluster, access, pods } = get()
      const opened = await cluster.openService(`${NAMESPACE}/${PLATFORM}-backend`)
      const serials = () => Promise.all([access.url, opened.url].map(readSerial))
      const before = await serials()
      const requests = startRequestLoop(get)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'secret', ...COMPONENTS.map((component) => `${PLATFORM}-${component}-tls`)])
      await waitFor(async () => {
        const now = await serials()
        expect(now.filter((serial, index) => serial === before[index])).toEqual([])
      }, ROTATION_TIMEOUT_MS)
      for (const pod of pods) {
        const path = `/tmp/after-rotation-${pod.nodeName}.com`
        await writeEicar(pod, path)
        await waitForFinding(access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
      }
      const { succeeded, failures } = await requests.stop()
      process.stdout.write(`${succeeded} requests during the certificate rotation, ${failures.length} failed\n`)
      await opened.close()
      expect(failures).toEqual([])
    })
  })
}

async function readSerial(url: string): Promise<string> {
  const { hostname: host, port } = new URL(url)
  return new Promise((resolve, reject) => {
    // This connection only reads the serial number; the requests verify the certificate.
    const socket = connect({ host, port: Number(port), servername: 'localhost', rejectUnauthorized: false }, () => {
      const raw = socket.getPeerCertificate().raw
      socket.end()
      resolve(new X509Certificate(raw).serialNumber)
    })
    socket.on('error', reject)
  })
}

/** Sends requests sequentially with full certificate verification until `stop`. */
function startRequestLoop(get: () => Installation): { stop(): Promise<{ succeeded: number; failures: string[] }> } {
  const end = new AbortController()
  let succeeded = 0
  const failures: string[] = []
  const run = async () => {
    while (!end.signal.aborted) {
      try {
        const response = await get().access.api.send('GET', '/api/overview')
        if (response.ok) succeeded += 1
        else failures.push(`${response.status}: ${await response.text()}`)
      } catch (error) {
        failures.push(`${String(error)} ${String((error as Error).cause)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, REQUEST_INTERVAL_MS))
    }
  }
  const done = run()
  return {
    stop: async () => {
      end.abort()
      await done
      return { succeeded, failures }
    },
  }
}
