import { PodPage, type PodView, ScanPage } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { waitFor } from '../src/wait-for.js'

const TIMEOUT_MS = 60_000

/** Waits until a pod is reported as watched and its start scan is done. Later findings are caused by file events. */
export async function waitUntilWatched(api: ApiClient, podName: string): Promise<void> {
  await waitFor(async () => {
    const { watched, notWatchedReason } = await readContainer(api, podName)
    if (!watched) throw new Error(`${podName} is not watched: ${notWatchedReason}`)
  }, TIMEOUT_MS)
  await waitFor(async () => {
    const { items } = await api.get('/api/scans?limit=1000', ScanPage)
    if (!items.some((scan) => scan.podName === podName && scan.trigger === 'container_start'))
      throw new Error(`${podName} was not scanned at its start`)
  }, TIMEOUT_MS)
}

/** Waits until a pod is reported as not watched. @returns the reason. */
export function waitUntilNotWatched(api: ApiClient, podName: string): Promise<string> {
  return waitFor(async () => {
    const { watched, notWatchedReason } = await readContainer(api, podName)
    if (watched) throw new Error(`${podName} is still watched`)
    return notWatchedReason
  }, TIMEOUT_MS)
}

/** Reads the only container of a pod from the backend. */
async function readContainer(api: ApiClient, podName: string): Promise<PodView['containers'][number]> {
  const { items } = await api.get(`/api/pods?search=${encodeURIComponent(podName)}`, PodPage)
  const container = items.find((pod) => pod.podName === podName)?.containers[0]
  if (!container) throw new Error(`the backend does not list the pod ${podName}`)
  return container
}
