import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignaturesView } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { NAMESPACE } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { takePicture } from '../../console-page.js'
import { findingAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { podOf } from '../read-object.js'

const LOADED_TIMEOUT_MS = 180_000
const REFUSED_TIMEOUT_MS = 120_000
/** In two parts, so that its signature does not match this file. */
const MARKER = ['guardimesh-cluster-test-', 'marker-4711'] as const

/** Databases that are copied to the volume as from removable media. */
export function signatures(get: () => Installation): void {
  const view = () => get().access.api.get('/api/signatures', SignaturesView)

  async function copyIn(name: string, content: string | Buffer): Promise<void> {
    const { cluster, folder } = get()
    const file = join(folder, name)
    await writeFile(file, content)
    const server = await podOf(cluster, NAMESPACE, 'signature-server')
    await cluster.kubectl(['-n', NAMESPACE, 'cp', file, `${server}:/signatures/incoming/${name}`])
  }

  describe('signatures from removable media', () => {
    test('publishes a file that is copied to the volume, and all nodes load it and detect its content', async () => {
      const { access, pods } = get()
      const before = (await view()).server?.activeGeneration
      await copyIn('site.ndb', `Site.Test.Marker:0:*:${Buffer.from(MARKER.join('')).toString('hex')}\n`)
      await waitFor(async () => {
        const { server, nodes } = await view()
        expect(server?.activeGeneration).not.toBe(before)
        expect(nodes).toEqual([{ generation: server?.activeGeneration, nodes: NODES.length }])
      }, LOADED_TIMEOUT_MS)
      for (const pod of pods) {
        const path = `/tmp/marked-${pod.nodeName}`
        await pod.sh(`printf '%s%s' ${MARKER.join(' ')} > ${path}`)
        const finding = await findingAt(access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
        expect(finding.nodeName).toBe(pod.nodeName)
        expect(finding.signatureName).toContain('Site.Test.Marker')
      }
      await access.page.goto(`${access.url}/signatures`)
      await access.page.getByText('site.ndb').first().waitFor()
      await takePicture(access.page, 'cluster-signatures')
    })

    test('rejects a damaged file with the reason on the console and as an event, and keeps the active generation', async () => {
      const { access, cluster } = get()
      const live = (await view()).server?.activeGeneration
      const header = 'ClamAV-VDB:07 Nov 2026 10-00 +0000:1:1:90:'
      await copyIn('daily.cvd', Buffer.concat([Buffer.from(header.padEnd(512, 'x')), Buffer.alloc(4096)]))
      await waitFor(async () => {
        const { server } = await view()
        expect(server?.imports[0]).toMatchObject({ state: 'refused', files: ['daily.cvd'] })
        expect(server?.imports[0]?.message).toContain('daily.cvd')
        expect(server?.activeGeneration).toBe(live)
      }, REFUSED_TIMEOUT_MS)
      await waitFor(async () => {
        const selector = 'reason=SignaturesRefused'
        expect(await cluster.kubectl(['-n', NAMESPACE, 'get', 'events', '--field-selector', selector, '-o', 'json'])).toContain('daily.cvd')
      }, REFUSED_TIMEOUT_MS)
      await access.page.goto(`${access.url}/signatures/history`)
      // Each API pod keeps the answer of the signature server for some seconds.
      await access.page.getByRole('row').filter({ hasText: 'daily.cvd' }).filter({ hasText: 'Refused' }).waitFor()
      await takePicture(access.page, 'cluster-signatures-refused')
    })
  })
}
