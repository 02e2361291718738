import { PodPage, type PodView, ScanPage } from '@guardimesh/contracts'
import type { ApiClient } from '../../dev/src/api-client.js'
import { waitFor } from '../src/wait-for.js'

const TIMEOUT_MS = 60_000

/** Waits until the backend lists a pod as watched and its start scan is done: later findings come from events. */
export async function untilWatched(api: ApiClient, podName: string): Promise<void> {
  await waitFor(async () => {
    const { watched, notWatchedReason } = await containerOf(api, podName)
    if (!watched) throw new Error(`${podName} is not watched: ${notWatchedReason}`)
  }, TIMEOUT_MS)
  await waitFor(async () => {
    const { items } = await api.get('/api/scans?limit=1000', ScanPage)
    if (!items.some((scan) => scan.podName === podName && scan.trigger === 'container_start'))
      throw new Error(`${podName} was not scanned at its start`)
  }, TIMEOUT_MS)
}

/** Waits until the backend lists a pod as not watched. @returns the reason. */
export function untilNotWatched(api: ApiClient, podName: string): Promise<string> {
  return waitFor(async () => {
    const { watched, notWatchedReason } = await containerOf(api, podName)
    if (watched) throw new Error(`${podName} is still watched`)
    return notWatchedReason
  }, TIMEOUT_MS)
}

/** The container of a pod of one container, as the backend knows it. */
async function containerOf(api: ApiClient, podName: string): Promise<PodView['containers'][number]> {
  const { items } = await api.get(`/api/pods?search=${encodeURIComponent(podName)}`, PodPage)
  const container = items.find((pod) => pod.podName === podName)?.containers[0]
  if (!container) throw new Error(`the backend knows no pod ${podName}`)
  return container
}
