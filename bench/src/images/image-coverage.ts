import { CoveragePage, type CoverageReasonName, SECOND_MS } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { sleep } from '@guardimesh/kit'
import { POD_NAMESPACE } from './image-pods.js'

/** Nodes receive the results of other nodes with their next claim, every 5 s. */
const CLEARED_TIMEOUT_MS = 30 * SECOND_MS
const WAITING: CoverageReasonName = 'image_not_scanned'

export interface ImageCoverage {
  /** Containers whose image still counts as not scanned. */
  readonly waitingContainers: number
  /** Everything else that was not scanned in full, by reason. */
  readonly others: readonly { readonly reason: string; readonly entries: number; readonly files: number; readonly example: string }[]
}

/** Reads the coverage of the pods, once no container waits for its image. */
export async function readCoverage(api: ApiClient): Promise<ImageCoverage> {
  for (const endMs = performance.now() + CLEARED_TIMEOUT_MS; ; await sleep(SECOND_MS)) {
    const { totals } = await readPage(api, {})
    const waitingContainers = totals.find(({ reason }) => reason === WAITING)?.entries ?? 0
    if (waitingContainers > 0 && performance.now() < endMs) continue
    const others = totals.filter(({ reason }) => reason !== WAITING)
    return {
      waitingContainers,
      others: await Promise.all(others.map(async (one) => ({ ...one, example: await readExample(api, one.reason) }))),
    }
  }
}

async function readExample(api: ApiClient, reason: string): Promise<string> {
  const [first] = (await readPage(api, { reason })).items
  return first ? `${first.podName} ${first.path}: ${first.detail}` : ''
}

function readPage(api: ApiClient, filters: Readonly<Record<string, string>>): Promise<CoveragePage> {
  return api.get(`/api/coverage?${new URLSearchParams({ namespace: POD_NAMESPACE, limit: '1', ...filters })}`, CoveragePage)
}
