import { FindingPage } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../../../src/wait-for.js'
import { takeScreenshot } from '../../console-page.js'
import { waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { runAndDelete, runFromMemory, writeEicar } from '../malware.js'
import { startVictims, VICTIM_NAMESPACE } from '../victim-pods.js'

/** Infects a pod of each node and verifies that the console shows the findings. */
export function mainJob(get: () => Installation): void {
  describe('the main job', () => {
    beforeAll(async () => {
      const installation = get()
      installation.pods = await startVictims(installation.cluster, NODES.length)
    })

    test('shows EICAR in a pod of each node with the node name', async () => {
      const { access, pods } = get()
      for (const pod of pods) {
        const path = `/tmp/invoice-${pod.nodeName}.com`
        const startedAtMs = performance.now()
        await writeEicar(pod, path)
        await access.page.getByRole('row').filter({ hasText: path }).waitFor({ timeout: APPEARS_TIMEOUT_MS })
        process.stdout.write(
          `EICAR on ${pod.nodeName}: displayed ${Math.round(performance.now() - startedAtMs)} ms after the command was sent\n`,
        )
        const finding = await waitForFinding(access.api, path, 'realtime')
        expect(finding).toMatchObject({ nodeName: pod.nodeName, podName: pod.name, namespace: VICTIM_NAMESPACE })
      }
      await takeScreenshot(access.page, 'cluster-eicar')
    })

    test('reports an in-memory program and a deleted executable on each node', async () => {
      const { access, pods } = get()
      for (const pod of pods) {
        const gone = `/tmp/busybox-gone-${pod.nodeName}`
        await runAndDelete(pod, gone)
        const finding = await waitForFinding(access.api, gone, 'deleted_binary', APPEARS_TIMEOUT_MS)
        expect(finding).toMatchObject({ nodeName: pod.nodeName, podName: pod.name })
        const memory = await runFromMemory(pod)
        await waitFor(async () => {
          const { items } = await access.api.get(`/api/findings?node=${pod.nodeName}&limit=200`, FindingPage)
          expect(items.filter(({ path, scanSource }) => path === memory && scanSource === 'memfd')).toHaveLength(1)
        }, APPEARS_TIMEOUT_MS)
      }
    })
  })
}
