import { CLOCK_OFFSET_MAX_MS, DAY_MS, FindingFilters, FindingPage, FindingView, OverviewView } from '@guardimesh/contracts'
import { answer, problem } from '../answer.js'
import { hasNames, holdsText, pageOfList } from '../paging.js'
import type { MockRoute } from './mock-route.js'

const FIELDS = {
  signature: 'signatureName',
  cluster: 'clusterId',
  namespace: 'namespace',
  node: 'nodeName',
  pod: 'podName',
  container: 'containerName',
  sha256: 'sha256',
}

/** True if a finding matches the filters of a list or stream. */
export function passes(finding: FindingView, query: URLSearchParams): boolean {
  const { severity, source, since, until } = FindingFilters.parse(Object.fromEntries(query))
  const at = new Date(finding.detectedAt)
  return (
    (severity?.includes(finding.severity) ?? true) &&
    (source?.includes(finding.scanSource) ?? true) &&
    (since === undefined || at >= since) &&
    (until === undefined || at < until) &&
    hasNames(finding, query, FIELDS) &&
    holdsText([finding.signatureName, finding.path, finding.podName, finding.namespace, finding.image], query)
  )
}

export const findingRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/findings$/,
    ({ db, query }) => {
      const found = db.findings.filter((finding) => passes(finding, query))
      return answer(
        FindingPage,
        pageOfList(found, ({ findingId }) => findingId, query),
      )
    },
  ],
  [
    'GET',
    /^\/api\/findings\/stream$/,
    ({ query, feed }) => feed.stream((finding) => (query.get('events') ?? 'finding').includes('finding') && passes(finding, query)),
  ],
  [
    'GET',
    /^\/api\/findings\/([^/]+)$/,
    ({ db, parts }) => {
      const finding = db.findings.find(({ findingId }) => findingId === parts[0])
      if (!finding) return problem('FINDING_NOT_FOUND', 'Finding not found. It may be older than the retention period.')
      const sameContentCount = finding.sha256 === null ? 1 : db.findings.filter(({ sha256 }) => sha256 === finding.sha256).length
      return answer(FindingView, { ...finding, sameContentCount })
    },
  ],
  [
    'GET',
    /^\/api\/overview$/,
    ({ db }) => {
      const since = Date.now() - DAY_MS
      const recent = db.findings.filter(({ detectedAt }) => Date.parse(detectedAt) >= since)
      const findingsBySeverity: Record<string, number> = {}
      for (const { severity } of recent) findingsBySeverity[severity] = (findingsBySeverity[severity] ?? 0) + 1
      return answer(OverviewView, {
        findingsLastDay: recent.length,
        findingsBySeverity,
        nodesReporting: db.nodes.filter(({ state }) => state === 'reporting').length,
        nodesSilent: db.nodes.filter(({ state }) => state === 'silent').length,
        pods: db.pods.filter(({ goneAt }) => goneAt === null).length,
        containersNotWatched: db.pods.flatMap(({ containers }) => containers).filter(({ watched }) => !watched).length,
        resultsLost: db.nodes.reduce((sum, { resultsLost }) => sum + resultsLost, 0),
        nodesWithWrongClock: db.nodes.filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs ?? 0) > CLOCK_OFFSET_MAX_MS).length,
      })
    },
  ],
]
