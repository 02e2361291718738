import { FindingPage } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../../../src/wait-for.js'
import { takePicture } from '../../console-page.js'
import { findingAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { runAndDelete, runFromMemory, writeEicar } from '../malware.js'
import { startVictims, VICTIM_NAMESPACE } from '../victim-pods.js'

/** The console shows malware in a pod of each node. */
export function mainJob(get: () => Installation): void {
  describe('detection', () => {
    beforeAll(async () => {
      const installation = get()
      installation.pods = await startVictims(installation.cluster, NODES.length)
    })

    test('the console shows EICAR in a pod of each node', async () => {
      const { access, pods } = get()
      for (const pod of pods) {
        const path = `/tmp/invoice-${pod.nodeName}.com`
        const startedAtMs = performance.now()
        await writeEicar(pod, path)
        await access.page.getByRole('row').filter({ hasText: path }).waitFor({ timeout: APPEARS_TIMEOUT_MS })
        process.stdout.write(
          `EICAR on ${pod.nodeName}: on the page ${Math.round(performance.now() - startedAtMs)} ms after the command was sent\n`,
        )
        const finding = await findingAt(access.api, path, 'realtime')
        expect(finding).toMatchObject({ nodeName: pod.nodeName, podName: pod.name, namespace: VICTIM_NAMESPACE })
      }
      await takePicture(access.page, 'cluster-eicar')
    })

    test('detects an in-memory program and a program with a deleted file on each node', async () => {
      const { access, pods } = get()
      for (const pod of pods) {
        const gone = `/tmp/busybox-gone-${pod.nodeName}`
        await runAndDelete(pod, gone)
        const finding = await findingAt(access.api, gone, 'deleted_binary', APPEARS_TIMEOUT_MS)
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
