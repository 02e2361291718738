import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { COVERAGE_REASONS, fromWireNumber, MIB_BYTES, SCAN_SOURCES, SCAN_TRIGGERS } from '@guardimesh/contracts'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { activateGeneration } from './generation.fixture.js'
import { buildLayeredImage, LAYER_SIGNATURES, LAYERED_IMAGE, VISIBLE_MALWARE } from './layered-image.fixture.js'
import { startNode } from './running-scanner.js'

const WAIT = { timeout: 60_000, interval: 50 }
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod

const resultsOf = (container: RunningPod) => node.backend.results.filter(({ containerId }) => containerId === container.containerId)
const findingsOf = (container: RunningPod) =>
  resultsOf(container)
    .flatMap(({ findings }) => findings)
    .filter(({ scanSource }) => fromWireNumber(SCAN_SOURCES, scanSource) === 'image_layer')
const pathsOf = (container: RunningPod) =>
  findingsOf(container)
    .map(({ path }) => Buffer.from(path).toString())
    .sort()
const layerResultsOf = (container: RunningPod) =>
  resultsOf(container).filter(({ trigger }) => fromWireNumber(SCAN_TRIGGERS, trigger) === 'image_layer')
const isPending = ({ coverage }: { readonly coverage: readonly { readonly reason: number }[] }) =>
  coverage.some(({ reason }) => fromWireNumber(COVERAGE_REASONS, reason) === 'image_not_scanned')
const complete = (container: RunningPod) =>
  vi.waitFor(() => expect(layerResultsOf(container).some((result) => !isPending(result))).toBe(true), WAIT)
const scannedLayers = async () => Number(/^guardimesh_scanner_image_layers_scanned_total (\d+)$/m.exec(await node.metrics())?.[1])
const run = (name: string) => node.containerd.runPod({ name, namespace: 'shop', image: LAYERED_IMAGE, command: ['/bin/sleep', '1000'] })

beforeAll(async () => {
  node = await startNode({
    signatures: async (folder) => {
      await activateGeneration(folder, '20261120-1', LAYER_SIGNATURES)
      return join(folder, 'current', 'clamav')
    },
  })
  // Reads the package database of the image.
  node.start('obfuscation-scanner')
  const { scanConfig } = node.backend.state
  node.backend.state.scanConfig = { ...scanConfig, budgets: { ...scanConfig.budgets, imageLayerBytesPerSecond: MIB_BYTES } }
  await node.containerd.importImage(await buildLayeredImage(node.folder, 10), LAYERED_IMAGE)
  // The next response announces the budget.
  await vi.waitFor(() => expect(node.backend.state.inventory).toBeDefined(), WAIT)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  pod = await run('web')
}, 120_000)
afterAll(async () => {
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

test('reports a container as not scanned, and an executed script before its layer is scanned', async () => {
  await vi.waitFor(() => expect(layerResultsOf(pod).some(isPending)).toBe(true), WAIT)
  const script = pod.exec(['/opt/run.sh'])
  const finding = await vi.waitFor(() => {
    const found = findingsOf(pod).find(({ path }) => Buffer.from(path).toString() === '/opt/run.sh')
    expect(found).toBeDefined()
    return found
  }, WAIT)
  expect(layerResultsOf(pod).every(isPending)).toBe(true)
  expect(finding).toMatchObject({ signatureName: 'Test.Script.UNOFFICIAL' })
  expect(finding?.layer).toMatch(/^image:sha256:[0-9a-f]{64}$/)
  expect(finding?.process?.pid).toBeGreaterThan(0)
  await script
})

test('reports malware of each layer that the container sees, with the layer', async () => {
  await complete(pod)
  expect(pathsOf(pod)).toEqual(['/opt/lower.com', '/opt/run.sh', '/srv/second.com'])
  const layers = new Set(VISIBLE_MALWARE.map((path) => findingsOf(pod).find((one) => Buffer.from(one.path).toString() === path)?.layer))
  expect(layers.size).toBe(2)
  expect(findingsOf(pod)[0]).toMatchObject({ mode: 0o100755 })
})

test('explains findings by the RPM database of the image', () => {
  const descriptions = VISIBLE_MALWARE.map((path) => findingsOf(pod).find((one) => Buffer.from(one.path).toString() === path)?.description)
  expect(descriptions).toEqual([
    expect.stringContaining('It belongs to the package tools 2.0-1.el9.x86_64 and has its original content.'),
    expect.stringContaining('It belongs to the package tools 2.0-1.el9.x86_64, but differs from its original content.'),
  ])
})

test('reports the same for another container at once, without a scan', async () => {
  const before = await scannedLayers()
  const other = await run('api')
  const startedAtMs = performance.now()
  await complete(other)
  expect(performance.now() - startedAtMs).toBeLessThan(5000)
  expect(pathsOf(other)).toEqual(['/opt/lower.com', '/opt/run.sh', '/srv/second.com'])
  expect(layerResultsOf(other).some(isPending)).toBe(false)
  expect(await scannedLayers()).toBe(before)
  await other.remove()
})

test('scans the layers again with new signatures, and reports a container that ended meanwhile', async () => {
  const before = await scannedLayers()
  const ending = await run('job')
  await complete(ending)
  await activateGeneration(join(node.folder, 'signatures'), '20261121-1', LAYER_SIGNATURES)
  await new ClamdControl({ socketPath: node.clamd.socketPath }).reload()
  const { length } = layerResultsOf(ending)
  await vi.waitFor(() => expect(layerResultsOf(ending).slice(length).some(isPending)).toBe(true), WAIT)
  await ending.remove()
  await vi.waitFor(
    () =>
      expect(
        layerResultsOf(ending)
          .slice(length)
          .some((result) => !isPending(result)),
      ).toBe(true),
    WAIT,
  )
  expect(await scannedLayers()).toBe(before + 3)
  // The findings are known, so they are not reported again.
  expect(pathsOf(ending)).toEqual(['/opt/lower.com', '/opt/run.sh', '/srv/second.com'])
})

test('reports containers as not scanned while the feature is off', async () => {
  const { scanConfig } = node.backend.state
  const { length } = layerResultsOf(pod)
  node.backend.state.scanConfig = { ...scanConfig, features: { ...scanConfig.features, imageLayers: false } }
  const last = await vi.waitFor(() => {
    const result = layerResultsOf(pod)[length]
    expect(result).toBeDefined()
    return result
  }, WAIT)
  expect(last?.coverage[0]?.detail).toBe('the scan configuration disables the scan of image layers')
})
