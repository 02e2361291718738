import { CoveragePage, type CoverageReasonName, type CoverageView, PAGE_LIMIT_MAX } from '@guardimesh/contracts'
import type { ApiClient } from '../../dev/src/api-client.js'
import { waitFor } from '../src/wait-for.js'

/** What was not scanned in a pod. */
export async function coverageOf(api: ApiClient, podName: string): Promise<readonly CoverageView[]> {
  return (await api.get(`/api/coverage?pod=${encodeURIComponent(podName)}&limit=${PAGE_LIMIT_MAX}`, CoveragePage)).items
}

/** Waits until a path of a pod is listed with a reason. @param path as it is shown; empty for the whole container. */
export function untilListed(api: ApiClient, podName: string, path: string, reason: CoverageReasonName): Promise<CoverageView> {
  return waitFor(async () => {
    const entries = await coverageOf(api, podName)
    const entry = entries.find((candidate) => candidate.path === path && candidate.reason === reason)
    if (!entry) throw new Error(`${path || 'the container'} is not listed as ${reason}: ${JSON.stringify(entries.map((row) => row.path))}`)
    return entry
  }, 30_000)
}
