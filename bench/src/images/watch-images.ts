import { FindingPage, FindingView, ImageLayerProgress, ImagePage, type ImageView, PAGE_LIMIT_MAX, SECOND_MS } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { sleep } from '@guardimesh/kit'
import type { ImagePod } from './image-pods.js'
import { POD_NAMESPACE } from './image-pods.js'
import { IMAGE_PREFIX, type ImageSet, MALWARE_IMAGE_INDEX, MALWARE_PATH } from './image-set.js'
import type { ProgressSample } from './progress-summary.js'

const INTERVAL_MS = SECOND_MS
const EMPTY_SAMPLES = 10
const EMPTY_TIMEOUT_MS = 300 * SECOND_MS

export interface WatchedImages {
  readonly samples: readonly ProgressSample[]
  /** When every image was scanned and the malware was reported for every pod; undefined if that has not happened. */
  readonly endMs: number | undefined
  /** The images at the end. */
  readonly images: readonly ImageView[]
}

/** Waits until the layers of the platform itself have been scanned. @throws Error after five minutes. */
export async function waitForEmptyBacklog(api: ApiClient): Promise<void> {
  const endMs = performance.now() + EMPTY_TIMEOUT_MS
  for (let emptySamples = 0; emptySamples < EMPTY_SAMPLES; await sleep(INTERVAL_MS)) {
    const { total, waiting, scanning } = await api.get('/api/image-layers', ImageLayerProgress)
    emptySamples = total > 0 && waiting + scanning === 0 ? emptySamples + 1 : 0
    if (performance.now() > endMs) throw new Error(`timed out waiting for the platform's layers: ${waiting + scanning} of ${total} remain`)
  }
}

/** Samples what the console shows every second, until all images are scanned, or the signal is aborted. */
export async function watchImages(api: ApiClient, set: ImageSet, pods: readonly ImagePod[], signal: AbortSignal): Promise<WatchedImages> {
  const samples: ProgressSample[] = []
  for (;;) {
    const images = await listImages(api)
    const sample = await takeSample(api, images)
    samples.push(sample)
    const isScanned = sample.scannedImages === set.images.length && sample.backlog === 0
    if (isScanned && (await isMalwareReported(api, set, pods, images))) return { samples, endMs: Date.now(), images }
    if (signal.aborted) return { samples, endMs: undefined, images }
    await sleep(INTERVAL_MS, signal)
  }
}

async function takeSample(api: ApiClient, images: readonly ImageView[]): Promise<ProgressSample> {
  const { waiting, scanning, scanned, remainingSeconds, scans } = await api.get('/api/image-layers', ImageLayerProgress)
  return {
    atMs: Date.now(),
    backlog: waiting + scanning,
    scannedLayers: scanned,
    scannedImages: images.filter(({ state }) => state === 'scanned').length,
    remainingSeconds,
    scansShown: scans.filter(({ nodeName, images: ofScan }) => nodeName !== '' && ofScan.length > 0).length,
  }
}

async function listImages(api: ApiClient): Promise<readonly ImageView[]> {
  const query = new URLSearchParams({ search: IMAGE_PREFIX, limit: String(PAGE_LIMIT_MAX) })
  return (await api.get(`/api/image-layers/images?${query}`, ImagePage)).items
}

/** True when a finding of every pod names image and layer, and the image lists the pods. */
async function isMalwareReported(api: ApiClient, set: ImageSet, pods: readonly ImagePod[], images: readonly ImageView[]): Promise<boolean> {
  const { name, ownLayer } = set.images[MALWARE_IMAGE_INDEX] as ImageSet['images'][number]
  const expected = pods.filter(({ image }) => image === name).map((pod) => pod.name)
  const query = `namespace=${POD_NAMESPACE}&source=image_layer&limit=${PAGE_LIMIT_MAX}`
  const { items } = await api.get(`/api/findings?${query}`, FindingPage)
  const views = await Promise.all(items.map(({ findingId }) => api.get(`/api/findings/${findingId}`, FindingView)))
  const reported = views.filter(({ path, image, layer }) => path === MALWARE_PATH && image === name && layer === `image:${ownLayer}`)
  const image = images.find((one) => one.image === name)
  const isListed = (podName: string) =>
    reported.some((view) => view.podName === podName) && image?.workloads.some((pod) => pod.podName === podName)
  return image?.findingCount === 1 && expected.every(isListed)
}
