import { rm } from 'node:fs/promises'
import { CoveragePage, ImageLayerProgress, ImagePage, MIB_BYTES } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../../../src/wait-for.js'
import { type ListedFinding, listFindings } from '../../finding-queries.js'
import { buildLargeImage, LARGE_IMAGE, LARGE_IMAGE_MALWARE } from '../../large-image.js'
import { buildDaemonSet } from '../daemon-set.js'
import { type Installation, NODES } from '../installation.js'
import { VICTIM_NAMESPACE } from '../victim-pods.js'

const NAME = 'large-image'
/** 1 GB at 20 MiB per second and node, divided by two nodes, and as much again for a machine under load. */
const SCANNED_TIMEOUT_MS = 240_000
/** A container whose layers are known is reported with the next claim. */
const AGAIN_TIMEOUT_MS = 30_000

/** Runs a large image with malware on both nodes. */
export function imageLayers(get: () => Installation): void {
  describe('image layers', () => {
    beforeAll(async () => {
      const { cluster, folder } = get()
      const archive = await buildLargeImage(folder)
      await cluster.loadImages(archive)
      await rm(archive)
    })

    test('of 1 GB are scanned with progress, and their malware is found on both nodes', async () => {
      const { access } = get()
      await applyDaemonSet(get())
      const startedAtMs = performance.now()
      await waitFor(
        async () => expect((await access.api.get('/api/image-layers', ImageLayerProgress)).scans).not.toEqual([]),
        SCANNED_TIMEOUT_MS,
      )
      await waitFor(async () => expect(nodesOf(await malware(get()))).toEqual([...NODES]), SCANNED_TIMEOUT_MS)
      await waitFor(async () => {
        const { items } = await access.api.get(`/api/image-layers/images?search=e2e-large`, ImagePage)
        expect(items).toMatchObject([{ state: 'scanned', layersFailed: 0, findingCount: 1, workloadCount: NODES.length }])
      }, SCANNED_TIMEOUT_MS)
      process.stdout.write(`image of 1 GB on two nodes: scanned in ${Math.round((performance.now() - startedAtMs) / 1000)} s\n`)
      await waitFor(async () => {
        const query = `reason=image_not_scanned&namespace=${VICTIM_NAMESPACE}&search=${NAME}`
        expect((await access.api.get(`/api/coverage?${query}`, CoveragePage)).items).toEqual([])
      }, SCANNED_TIMEOUT_MS)
    })

    test('cost nothing again: new pods are reported at once', async () => {
      const installation = get()
      const before = new Set((await malware(installation)).map(({ podName }) => podName))
      const { bytesScanned } = await installation.access.api.get('/api/image-layers', ImageLayerProgress)
      await installation.cluster.kubectl(['-n', VICTIM_NAMESPACE, 'rollout', 'restart', `daemonset/${NAME}`])
      await waitFor(
        async () => {
          const again = (await malware(installation)).filter(({ podName }) => !before.has(podName))
          expect(nodesOf(again)).toEqual([...NODES])
        },
        AGAIN_TIMEOUT_MS + SCANNED_TIMEOUT_MS / 4,
      )
      // Other images are still being scanned.
      const after = await installation.access.api.get('/api/image-layers', ImageLayerProgress)
      expect(after.bytesScanned - bytesScanned).toBeLessThan(100 * MIB_BYTES)
      await installation.cluster.kubectl(['-n', VICTIM_NAMESPACE, 'delete', 'daemonset', NAME, '--wait=true'])
    })
  })
}

/** The pods write nothing, so every finding is from the image. */
async function malware({ access }: Installation): Promise<ListedFinding[]> {
  const findings = await listFindings(access.api, { namespace: VICTIM_NAMESPACE, source: 'image_layer' })
  return findings.filter(({ path, podName }) => path === LARGE_IMAGE_MALWARE && podName.startsWith(NAME))
}

function nodesOf(findings: readonly ListedFinding[]): string[] {
  return [...new Set(findings.map(({ nodeName }) => nodeName))].sort()
}

async function applyDaemonSet({ cluster }: Installation): Promise<void> {
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify(buildDaemonSet(VICTIM_NAMESPACE, NAME, LARGE_IMAGE)))
}
