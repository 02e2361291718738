import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CoveragePage,
  DEFAULT_SCAN_CONFIG,
  type FindingPage,
  type ImageLayerProgress,
  type ImagePage,
  MIB_BYTES,
} from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from '../../backend/test/client.js'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { activateGeneration } from '../../scanner/test/scanner/generation.fixture.js'
import { buildLayeredImage, LAYER_SIGNATURES, LAYERED_IMAGE, VISIBLE_MALWARE } from '../../scanner/test/scanner/layered-image.fixture.js'
import { startNode } from '../../scanner/test/scanner/running-scanner.js'

const TIMEOUT_MS = 60_000
const NODES = ['node-1', 'node-2'] as const
let api: TestApi
let key: string
const nodes: Awaited<ReturnType<typeof startNode>>[] = []

/** Starts a real backend and two nodes, and imports the same image on both. */
beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('console:read')
  const { features, budgets } = DEFAULT_SCAN_CONFIG
  const json = {
    ...DEFAULT_SCAN_CONFIG,
    features: { ...features, obfuscation: false },
    budgets: { ...budgets, imageLayerBytesPerSecond: 2 * MIB_BYTES },
  }
  expect(await request(api, 'PUT', '/api/scan/config', { session: await api.login(), json })).toMatchObject({ status: 200 })
  const backend = { url: api.url, apiKey: await api.createKey('ingestion') }
  const signatures = async (folder: string) => {
    await activateGeneration(folder, '20261120-1', LAYER_SIGNATURES)
    return join(folder, 'current', 'clamav')
  }
  for (const nodeName of NODES) nodes.push(await startNode({ nodeName, signatures, backend }))
  const [first] = nodes
  const archive = await buildLayeredImage(first?.folder ?? '', 8)
  for (const node of nodes) await node.containerd.importImage(archive, LAYERED_IMAGE)
})
afterAll(async () => {
  for (const node of nodes) await node.stop()
  await api.close()
  for (const node of nodes) await rm(node.folder, { recursive: true, force: true })
})

const read = async <Body>(path: string) => (await request<Body>(api, 'GET', path, { key })).body
const findings = async (pod: string) =>
  (await read<FindingPage>(`/api/findings?source=image_layer&pod=${pod}`)).items.map(({ path }) => path).sort()
const scannedLayers = async () => {
  const counts = nodes.map(async (node) => Number(/^guardimesh_scanner_image_layers_scanned_total (\d+)$/m.exec(await node.metrics())?.[1]))
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}
const run = (index: number, name: string) =>
  nodes[index]?.containerd.runPod({ name, namespace: 'shop', image: LAYERED_IMAGE, command: ['/bin/sleep', '1000'] })

test('two nodes scan each layer once and both report its malware, with progress and a cleared coverage entry', async () => {
  await Promise.all(NODES.map((name, index) => run(index, `web-${name}`)))
  await waitFor(async () => (await read<ImageLayerProgress>('/api/image-layers')).scans.length > 0 || undefined, TIMEOUT_MS)
  await waitFor(async () => {
    const { totals } = await read<CoveragePage>('/api/coverage')
    return totals.find(({ reason }) => reason === 'image_not_scanned')
  }, TIMEOUT_MS)
  for (const name of NODES)
    await waitFor(async () => ((await findings(`web-${name}`)).length === VISIBLE_MALWARE.length + 1 ? true : undefined), TIMEOUT_MS)
  expect(await findings('web-node-2')).toEqual(['/opt/lower.com', '/opt/run.sh', '/srv/second.com'])
  expect(await scannedLayers()).toBe(3)
  expect(await read<ImageLayerProgress>('/api/image-layers')).toMatchObject({ total: 3, scanned: 3, failed: 0 })
  const [image] = (await read<ImagePage>('/api/image-layers/images')).items
  expect(image).toMatchObject({ image: expect.stringContaining('layered'), state: 'scanned', layersScanned: 3, workloadCount: 2 })
  await waitFor(
    async () => ((await read<CoveragePage>('/api/coverage?reason=image_not_scanned')).items.length === 0 ? true : undefined),
    TIMEOUT_MS,
  )
})

test('the same image again is reported at once, without a scan', async () => {
  await run(1, 'again')
  await waitFor(async () => ((await findings('again')).length === VISIBLE_MALWARE.length + 1 ? true : undefined), TIMEOUT_MS)
  expect(await scannedLayers()).toBe(3)
})
