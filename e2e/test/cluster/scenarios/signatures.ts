import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignaturesView } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { NAMESPACE } from '../../../src/cluster/platform.js'
import { findPod } from '../../../src/cluster/read-object.js'
import { waitFor } from '../../../src/wait-for.js'
import { takeScreenshot } from '../../console-page.js'
import { waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'

const LOADED_TIMEOUT_MS = 180_000
const REJECTED_TIMEOUT_MS = 120_000
/** Split in two, so that the signature does not match this file. */
const MARKER = ['guardimesh-cluster-test-', 'marker-4711'] as const

/** Databases to copy to the volume, as from removable media. */
export function signatures(get: () => Installation): void {
  const readSignatures = () => get().access.api.get('/api/signatures', SignaturesView)

  async function copyToIncoming(name: string, content: string | Buffer): Promise<void> {
    const { cluster, folder } = get()
    const file = join(folder, name)
    await writeFile(file, content)
    const server = await findPod(cluster, NAMESPACE, 'signature-server')
    await cluster.kubectl(['-n', NAMESPACE, 'cp', file, `${server}:/signatures/incoming/${name}`])
  }

  describe('signatures from removable media', () => {
    test('publishes a file copied to the volume, loads it on every node, and detects its pattern', async () => {
      const { access, pods } = get()
      const before = (await readSignatures()).server?.activeGeneration
      await copyToIncoming('site.ndb', `Site.Test.Marker:0:*:${Buffer.from(MARKER.join('')).toString('hex')}\n`)
      await waitFor(async () => {
        const { server, nodes } = await readSignatures()
        expect(server?.activeGeneration).not.toBe(before)
        expect(nodes).toEqual([{ generation: server?.activeGeneration, nodes: NODES.length }])
      }, LOADED_TIMEOUT_MS)
      for (const pod of pods) {
        const path = `/tmp/marked-${pod.nodeName}`
        await pod.sh(`printf '%s%s' ${MARKER.join(' ')} > ${path}`)
        const finding = await waitForFinding(access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
        expect(finding.nodeName).toBe(pod.nodeName)
        expect(finding.signatureName).toContain('Site.Test.Marker')
      }
      await access.page.goto(`${access.url}/signatures`)
      await access.page.getByText('site.ndb').first().waitFor()
      await takeScreenshot(access.page, 'cluster-signatures')
    })

    test('rejects a damaged file with a reason in the console and an event, and keeps the active generation', async () => {
      const { access, cluster } = get()
      const active = (await readSignatures()).server?.activeGeneration
      const header = 'ClamAV-VDB:07 Nov 2026 10-00 +0000:1:1:90:'
      await copyToIncoming('daily.cvd', Buffer.concat([Buffer.from(header.padEnd(512, 'x')), Buffer.alloc(4096)]))
      await waitFor(async () => {
        const { server } = await readSignatures()
        expect(server?.imports[0]).toMatchObject({ state: 'refused', files: ['daily.cvd'] })
        expect(server?.imports[0]?.message).toContain('daily.cvd')
        expect(server?.activeGeneration).toBe(active)
      }, REJECTED_TIMEOUT_MS)
      await waitFor(async () => {
        const selector = 'reason=SignaturesRefused'
        expect(await cluster.kubectl(['-n', NAMESPACE, 'get', 'events', '--field-selector', selector, '-o', 'json'])).toContain('daily.cvd')
      }, REJECTED_TIMEOUT_MS)
      await access.page.goto(`${access.url}/signatures/history`)
      // Each API pod caches the status of the signature server for some seconds.
      await access.page
        .getByRole('row')
        .filter({ hasText: 'daily.cvd' })
        .filter({ hasText: /^Rejected/ })
        .waitFor()
      await takeScreenshot(access.page, 'cluster-signatures-refused')
    })
  })
}
