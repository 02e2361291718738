import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { findingAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

const PARTS = ['backend', 'console', 'signature-server', 'postgres'] as const
/** The kubelet brings a changed Secret into a pod within a minute and a half. */
const SERVED_TIMEOUT_MS = 240_000
const PAUSE_MS = 100

/** The running platform activates new certificates. */
export function certificates(get: () => Installation): void {
  describe('certificates', () => {
    test('replaces all certificates without a failed request or a lost finding', async () => {
      const { cluster, access, pods } = get()
      const opened = await cluster.openService(`${NAMESPACE}/${PLATFORM}-backend`)
      const serials = () => Promise.all([access.url, opened.url].map(serialOf))
      const before = await serials()
      const requests = steadyRequests(get)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'secret', ...PARTS.map((part) => `${PLATFORM}-${part}-tls`)])
      await waitFor(async () => {
        const now = await serials()
        expect(now.filter((serial, index) => serial === before[index])).toEqual([])
      }, SERVED_TIMEOUT_MS)
      for (const pod of pods) {
        const path = `/tmp/after-rotation-${pod.nodeName}.com`
        await writeEicar(pod, path)
        await findingAt(access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
      }
      const { answered, failures } = await requests.stop()
      process.stdout.write(`${answered} requests while the certificates were replaced, ${failures.length} failed\n`)
      await opened.close()
      expect(failures).toEqual([])
    })
  })
}

async function serialOf(url: string): Promise<string> {
  const { hostname: host, port } = new URL(url)
  return new Promise((resolve, reject) => {
    // Only the serial is read; who signed it is checked by the requests.
    const socket = connect({ host, port: Number(port), servername: 'localhost', rejectUnauthorized: false }, () => {
      const raw = socket.getPeerCertificate().raw
      socket.end()
      resolve(new X509Certificate(raw).serialNumber)
    })
    socket.on('error', reject)
  })
}

/** One request after the other, each checked like a browser's, until `stop`. */
function steadyRequests(get: () => Installation): { stop(): Promise<{ answered: number; failures: string[] }> } {
  const end = new AbortController()
  let answered = 0
  const failures: string[] = []
  const run = async () => {
    while (!end.signal.aborted) {
      try {
        const response = await get().access.api.send('GET', '/api/overview')
        if (response.ok) answered += 1
        else failures.push(`${response.status}: ${await response.text()}`)
      } catch (error) {
        failures.push(`${String(error)} ${String((error as Error).cause)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const done = run()
  return {
    stop: async () => {
      end.abort()
      await done
      return { answered, failures }
    },
  }
}
