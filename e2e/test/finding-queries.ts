import { FindingPage, type FindingSummary, FindingView, PAGE_LIMIT_MAX, type ScanSourceName } from '@guardimesh/contracts'
import type { ApiClient } from '../../dev/src/api-client.js'
import { waitFor } from '../src/wait-for.js'

/** All findings that pass the filters, newest first, by as many requests as it takes. */
export async function allFindings(api: ApiClient, filters: Readonly<Record<string, string>>): Promise<FindingSummary[]> {
  const findings: FindingSummary[] = []
  let cursor: string | null = null
  do {
    const query: string = new URLSearchParams({ ...filters, limit: String(PAGE_LIMIT_MAX), ...(cursor ? { cursor } : {}) }).toString()
    const page: FindingPage = await api.get(`/api/findings?${query}`, FindingPage)
    findings.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return findings
}

/** Findings at a path, as it is shown. */
export async function findingsAt(api: ApiClient, path: string): Promise<FindingSummary[]> {
  const findings = await allFindings(api, {})
  return findings.filter((finding) => finding.path === path)
}

/** Waits for the one finding at a path and reads it in full. @throws Error when there is none, or more than one, after `timeoutMs`. */
export function findingAt(api: ApiClient, path: string, source: ScanSourceName, timeoutMs = 30_000): Promise<FindingView> {
  return waitFor(async () => {
    const all = await findingsAt(api, path)
    const [finding, ...others] = all.filter(({ scanSource }) => scanSource === source)
    if (!finding || others.length > 0) {
      const sources = all.map(({ scanSource }) => scanSource).join(', ')
      throw new Error(`one finding of ${source} was expected at ${path}; there are: ${sources || 'none'}`)
    }
    return api.get(`/api/findings/${finding.findingId}`, FindingView)
  }, timeoutMs)
}
