import { NodeList } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { loadIntoNodes } from '../../../src/cluster/bundle.js'
import { installPlatform, listUnreadyPods } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { takeScreenshot } from '../../console-page.js'
import { openClusterConsole } from '../console-access.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'

/** Installs the platform from the bundle and opens the console. */
export function install(get: () => Installation): void {
  describe('install', () => {
    test('verifies the bundle and loads it into every node', async () => {
      const { cluster, bundle } = get()
      await loadIntoNodes(cluster, NODES, bundle)
    })

    test('starts all pods after helm install', async () => {
      const { cluster, bundle } = get()
      const startedAtMs = performance.now()
      await installPlatform(cluster, bundle)
      const durationMs = performance.now() - startedAtMs
      // The benchmark "install" checks the limit of 90 s on an idle machine.
      process.stdout.write(`time from helm install until every pod is ready: ${(durationMs / 1000).toFixed(1)} s\n`)
      expect(await listUnreadyPods(cluster)).toEqual([])
    })

    test('accepts the initial password in a browser', async () => {
      const installation = get()
      installation.access = await openClusterConsole(installation.cluster, installation.browser)
      const { page } = installation.access
      await page.getByRole('heading', { name: 'Findings' }).first().waitFor()
      await takeScreenshot(page, 'cluster-findings')
    })

    test('receives a report from every node', async () => {
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
