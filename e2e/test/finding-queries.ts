import { FindingPage, FindingSummary, FindingView, PAGE_LIMIT_MAX, type ScanSourceName } from '@guardimesh/contracts'
import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { waitFor } from '../src/wait-for.js'

/** Without the fields that earlier versions, from which tests upgrade, do not have. */
const Listed = FindingSummary.omit({ exceptionId: true })
const ListedPage = FindingPage.pick({ items: true, nextCursor: true }).extend({ items: Listed.array() })
export type ListedFinding = Omit<FindingSummary, 'exceptionId'>

/** Lists all findings that match the filters, newest first, across all pages. */
export async function listFindings(api: ApiClient, filters: Readonly<Record<string, string>>): Promise<ListedFinding[]> {
  const findings: ListedFinding[] = []
  let cursor: string | null = null
  do {
    const query: string = new URLSearchParams({ ...filters, limit: String(PAGE_LIMIT_MAX), ...(cursor ? { cursor } : {}) }).toString()
    const page = await api.get(`/api/findings?${query}`, ListedPage)
    findings.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return findings
}

/** Lists the findings at a path. @param path as displayed. */
export async function listFindingsAt(api: ApiClient, path: string): Promise<ListedFinding[]> {
  const findings = await listFindings(api, {})
  return findings.filter((finding) => finding.path === path)
}

/** Waits for the only finding at a path and reads its details. @throws Error if there is not exactly one after `timeoutMs`. */
export function waitForFinding(api: ApiClient, path: string, source: ScanSourceName, timeoutMs = 30_000): Promise<FindingView> {
  return waitFor(async () => {
    const all = await listFindingsAt(api, path)
    const [finding, ...others] = all.filter(({ scanSource }) => scanSource === source)
    if (!finding || others.length > 0) {
      const sources = all.map(({ scanSource }) => scanSource).join(', ')
      throw new Error(`expected one finding with the source ${source} at ${path}, found: ${sources || 'none'}`)
    }
    return api.get(`/api/findings/${finding.findingId}`, FindingView)
  }, timeoutMs)
}
