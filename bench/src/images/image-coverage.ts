import { CoveragePage, PAGE_LIMIT_MAX, SECOND_MS } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { sleep } from '@guardimesh/kit'
import { POD_NAMESPACE } from './image-pods.js'

/** Nodes receive the results of other nodes with their next claim, every 5 s. */
const CLEARED_TIMEOUT_MS = 30 * SECOND_MS

export interface ImageCoverage {
  /** Containers whose image still counts as not scanned. */
  readonly waitingContainers: number
  /** Files that the engines did not scan in full, by reason. */
  readonly files: readonly { readonly reason: string; readonly files: number; readonly example: string }[]
}

/** Reads the coverage of the pods, once no container waits for its image. */
export async function readCoverage(api: ApiClient): Promise<ImageCoverage> {
  for (const endMs = performance.now() + CLEARED_TIMEOUT_MS; ; await sleep(SECOND_MS)) {
    const { items, totals } = await api.get(`/api/coverage?namespace=${POD_NAMESPACE}&limit=${PAGE_LIMIT_MAX}`, CoveragePage)
    const waitingContainers = totals.find(({ reason }) => reason === 'image_not_scanned')?.entries ?? 0
    if (waitingContainers > 0 && performance.now() < endMs) continue
    const exampleOf = (reason: string) => {
      const { path = '', sizeBytes = 0, detail = '' } = items.find((item) => item.reason === reason) ?? {}
      return `${path} (${sizeBytes} bytes): ${detail}`
    }
    return { waitingContainers, files: totals.map(({ reason, files }) => ({ reason, files, example: exampleOf(reason) })) }
  }
}
