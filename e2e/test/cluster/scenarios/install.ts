import { NodeList } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { loadIntoNodes } from '../../../src/cluster/bundle.js'
import { installPlatform, podsNotReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { takePicture } from '../../console-page.js'
import { openConsoleOf } from '../console-access.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'

/** From the bundle to the open console. */
export function install(get: () => Installation): void {
  describe('install', () => {
    test('the bundle is verified and loaded into every node', async () => {
      const { cluster, bundle } = get()
      await loadIntoNodes(cluster, NODES, bundle)
    })

    test('helm install makes all components ready', async () => {
      const { cluster, bundle } = get()
      const startedAtMs = performance.now()
      await installPlatform(cluster, bundle)
      const tookMs = performance.now() - startedAtMs
      // The benchmark "install" measures it against its limit of 90 s, on an idle machine.
      process.stdout.write(`helm install until every pod is ready: ${(tookMs / 1000).toFixed(1)} s\n`)
      expect(await podsNotReady(cluster)).toEqual([])
    })

    test('the console opens in a browser with the initial password', async () => {
      const installation = get()
      installation.access = await openConsoleOf(installation.cluster, installation.browser)
      const { page } = installation.access
      await page.getByRole('heading', { name: 'Findings' }).first().waitFor()
      await takePicture(page, 'cluster-findings')
    })

    test('every node reports', async () => {
      const { api } = get().access
      await waitFor(async () => {
        const { items } = await api.get('/api/nodes', NodeList)
        const seen = items
          .map(({ nodeName, state }) => ({ nodeName, state }))
          .sort((one, other) => (one.nodeName < other.nodeName ? -1 : 1))
        expect(seen).toEqual(NODES.map((nodeName) => ({ nodeName, state: 'reporting' })))
      }, APPEARS_TIMEOUT_MS)
    })
  })
}
