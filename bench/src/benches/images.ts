import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG, MIB_BYTES, PORTS, SECOND_MS } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { findBundleFiles, loadIntoNodes } from '@guardimesh/e2e/cluster/bundle.js'
import { type Cluster, startCluster } from '@guardimesh/e2e/cluster/cluster.js'
import { openClusterApi } from '@guardimesh/e2e/cluster/cluster-api.js'
import { installPlatform } from '@guardimesh/e2e/cluster/platform.js'
import { sumMetrics } from '@guardimesh/e2e/cluster/read-metrics.js'
import { type ImageCoverage, readCoverage } from '../images/image-coverage.js'
import { type ImagePod, type StartTimes, startPods } from '../images/image-pods.js'
import { buildImageSet, type ImageSet, MALWARE_IMAGE_INDEX } from '../images/image-set.js'
import { type ProgressSummary, summarizeProgress } from '../images/progress-summary.js'
import { measureRunningMalware } from '../images/running-malware.js'
import { type WatchedImages, waitForEmptyBacklog, watchImages } from '../images/watch-images.js'
import { logProgress } from '../platform.js'
import { formatMib, readPodMemory } from '../pod-memory.js'
import type { Measurement } from '../report.js'
import { median } from '../statistics.js'

const NODES = ['node1', 'node2'] as const
const RATE_BYTES = DEFAULT_SCAN_CONFIG.budgets.imageLayerBytesPerSecond
/** Two nodes, the control plane and 51 pods share the cores of one machine. */
const MACHINE_FACTOR = 2
const DETECTED_BAR_SECONDS = 1
/** The first samples have no average duration of a layer, and between two layers a node scans none. */
const SHOWN_BAR_RATIO = 0.8
const DIFFERENT_BACKLOGS_BAR = 10
const TIMEOUT_MS = 600 * SECOND_MS

const LAYERS = 'guardimesh_scanner_image_layers_scanned_total'
const BYTES = 'guardimesh_scanner_image_layer_bytes_total'

interface Outcome {
  readonly set: ImageSet
  readonly started: StartTimes
  readonly watched: WatchedImages
  readonly malwareSeconds: readonly number[]
  /** Scanned by all nodes together. */
  readonly scannedLayers: number
  readonly scannedBytes: number
  readonly memory: Awaited<ReturnType<typeof readPodMemory>>
  readonly coverage: ImageCoverage
  readonly load: number
}

/** Measures how long a two-node cluster needs for 50 new images, what the console shows meanwhile, and detection in a running container. */
export async function measureImages(): Promise<Measurement[]> {
  const bundle = await findBundleFiles()
  const folder = await mkdtemp('/var/tmp/guardimesh-bench-images-')
  try {
    const archive = join(folder, 'images.tar')
    const set = await buildImageSet(archive)
    logProgress(`${set.images.length} images with ${set.layers} layers: ${set.files} files, ${formatMib(set.bytes)} MiB`)
    const cluster = await startCluster({ nodes: NODES.length })
    try {
      await loadIntoNodes(cluster, NODES, bundle)
      await cluster.loadImages(archive)
      await rm(archive)
      await installPlatform(cluster, bundle)
      return buildMeasurements(await measureInstallation(cluster, set))
    } finally {
      await cluster.down()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureInstallation(cluster: Cluster, set: ImageSet): Promise<Outcome> {
  const { api, close } = await openClusterApi(cluster)
  try {
    logProgress('waiting until the images of the platform are scanned')
    await waitForEmptyBacklog(api)
    const counters = () => sumMetrics(cluster, 'scanner', PORTS.scanner, [LAYERS, BYTES])
    const before = await counters()
    const measured = await runImages(cluster, api, set)
    const after = await counters()
    const coverage = await readCoverage(api)
    const memory = await readPodMemory(cluster, NODES)
    return {
      ...{ set, ...measured, coverage, memory, load: loadavg()[0] ?? 0 },
      scannedLayers: after[LAYERS] - before[LAYERS],
      scannedBytes: after[BYTES] - before[BYTES],
    }
  } finally {
    await close()
  }
}

async function runImages(cluster: Cluster, api: ApiClient, set: ImageSet) {
  const pods = planPods(set)
  const [stopWatch, stopMalware] = [new AbortController(), new AbortController()]
  const watching = watchImages(api, set, pods, AbortSignal.any([stopWatch.signal, AbortSignal.timeout(TIMEOUT_MS)]))
  try {
    logProgress(`starting ${pods.length} pods`)
    const started = await startPods(cluster, pods)
    const malware = measureRunningMalware(cluster, api, pods[0]?.name ?? '', stopMalware.signal)
    const watched = await watching.finally(() => stopMalware.abort())
    return { started, watched, malwareSeconds: await malware }
  } finally {
    stopWatch.abort()
    await watching.catch(() => undefined)
  }
}

/** One pod of each image, half of them on each node, and the image with malware on both. */
function planPods({ images }: ImageSet): ImagePod[] {
  const podAt = (index: number, node: number): ImagePod => ({
    name: `app-${index + 1}-${NODES[node % NODES.length]}`,
    image: images[index]?.name ?? '',
    node: NODES[node % NODES.length] ?? NODES[0],
  })
  return [...images.map((_, index) => podAt(index, index)), podAt(MALWARE_IMAGE_INDEX, MALWARE_IMAGE_INDEX + 1)]
}

function buildMeasurements(outcome: Outcome): Measurement[] {
  const { set, started, watched, malwareSeconds, memory, coverage, load } = outcome
  const endMs = watched.endMs ?? Date.now()
  const seconds = (endMs - started.lastMs) / SECOND_MS
  const barSeconds = Math.round(set.bytes / (NODES.length * RATE_BYTES)) * MACHINE_FACTOR
  const progress = summarizeProgress(
    watched.samples.filter(({ atMs }) => atMs >= started.lastMs),
    endMs,
  )
  const checks = buildChecks(outcome, progress, { seconds, barSeconds })
  for (const { text, isMet } of checks) logProgress(`  ${isMet ? 'met' : 'NOT MET'}: ${text}`)
  logOutcome(outcome, endMs)
  const common = { peer: '-', unit: 's' }
  const slowest = Math.max(...malwareSeconds)
  return [
    {
      ...{ ...common, name: 'images', value: seconds, peerValue: barSeconds, ratio: barSeconds / seconds },
      bar: `${set.images.length} images scanned within ${barSeconds} s after the last pod started, each layer once, with progress shown`,
      isMet: checks.every(({ isMet }) => isMet),
      details: { ...{ nodes: NODES.length, set, started, checks, progress, load, memory, coverage }, samples: watched.samples },
    },
    {
      ...{ ...common, name: 'images-detection', value: slowest, peerValue: DETECTED_BAR_SECONDS, ratio: DETECTED_BAR_SECONDS / slowest },
      bar: `EICAR in a running container detected in < ${DETECTED_BAR_SECONDS} s while images are scanned`,
      isMet: slowest < DETECTED_BAR_SECONDS,
      details: { malwareSeconds },
    },
  ]
}

function buildChecks(
  { set, watched, coverage, scannedLayers, scannedBytes }: Outcome,
  progress: ProgressSummary,
  { seconds, barSeconds }: { readonly seconds: number; readonly barSeconds: number },
) {
  const failed = watched.images.reduce((sum, { layersFailed }) => sum + layersFailed, 0)
  const notScanned = coverage.others.reduce((sum, { files }) => sum + files, 0)
  const ratios = progress.estimateRatios.length > 0 ? progress.estimateRatios : [0]
  const similar = ratios.filter((ratio) => ratio >= 1 / 2 && ratio <= 2).length / ratios.length
  return [
    {
      text: `every image scanned, and EICAR reported with image, layer and every pod: after ${seconds.toFixed(1)} s (bar ${barSeconds} s)`,
      isMet: watched.endMs !== undefined && seconds <= barSeconds,
    },
    {
      text: `${scannedLayers} scans of ${set.layers} layers, ${formatMib(scannedBytes)} of ${formatMib(set.bytes)} MiB; ${failed} failed`,
      isMet: scannedLayers === set.layers && scannedBytes === set.bytes && failed === 0,
    },
    {
      text: `listed under coverage: ${coverage.waitingContainers} containers with an image that is not scanned, ${notScanned} files`,
      isMet: coverage.waitingContainers + notScanned === 0,
    },
    {
      text: `backlog shown from ${progress.largestBacklog} layers with ${progress.differentBacklogs} values, ${progress.setbacks} setbacks`,
      isMet: progress.differentBacklogs >= DIFFERENT_BACKLOGS_BAR && progress.setbacks === 0,
    },
    {
      text: `estimate in ${formatShare(progress.estimatedRatio)}, scans with node and image in ${formatShare(progress.scansShownRatio)} of the samples`,
      isMet: Math.min(progress.estimatedRatio, progress.scansShownRatio) >= SHOWN_BAR_RATIO,
    },
    {
      text: `estimate divided by actual remaining time: median ${median(ratios).toFixed(2)}, within a factor of two in ${formatShare(similar)}`,
      isMet: similar >= SHOWN_BAR_RATIO,
    },
  ]
}

function logOutcome({ set, started, malwareSeconds, memory, coverage, load }: Outcome, endMs: number): void {
  const fromFirst = (endMs - started.firstMs) / SECOND_MS
  const mibPerSecond = set.bytes / MIB_BYTES / fromFirst
  logProgress(`  from the first container: ${fromFirst.toFixed(1)} s, ${mibPerSecond.toFixed(1)} MiB/s; load ${load.toFixed(1)}`)
  logProgress(`  EICAR in a running container: ${malwareSeconds.map((seconds) => seconds.toFixed(2)).join(', ')} s`)
  for (const { reason, entries, files, example } of coverage.others)
    logProgress(`  coverage ${reason}: ${entries} entries, ${files} files, for example ${example}`)
  for (const [name, { workingSetBytes, rssBytes }] of Object.entries(memory))
    if (/-(scanner|engines)-/.test(name))
      logProgress(`  memory ${name}: ${formatMib(workingSetBytes)} MiB, without files ${formatMib(rssBytes)} MiB`)
}

const formatShare = (ratio: number) => `${Math.round(100 * ratio)} %`
