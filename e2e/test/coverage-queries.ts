import { CoveragePage, type CoverageReasonName, type CoverageView, PAGE_LIMIT_MAX } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { waitFor } from '../src/wait-for.js'

/** Lists the coverage gaps of a pod. */
export async function listCoverage(api: ApiClient, podName: string): Promise<readonly CoverageView[]> {
  return (await api.get(`/api/coverage?pod=${encodeURIComponent(podName)}&limit=${PAGE_LIMIT_MAX}`, CoveragePage)).items
}

/** Waits for the entry of a path with a reason. @param path as displayed; empty for the whole container. */
export function waitForCoverageEntry(api: ApiClient, podName: string, path: string, reason: CoverageReasonName): Promise<CoverageView> {
  return waitFor(async () => {
    const entries = await listCoverage(api, podName)
    const entry = entries.find((candidate) => candidate.path === path && candidate.reason === reason)
    if (!entry) throw new Error(`${path || 'the container'} is not listed as ${reason}: ${JSON.stringify(entries.map((row) => row.path))}`)
    return entry
  }, 30_000)
}
