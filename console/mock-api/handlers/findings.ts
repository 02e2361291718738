import {
  CLOCK_OFFSET_MAX_MS,
  DAY_MS,
  FacetQuery,
  FacetValues,
  FindingFilters,
  FindingPage,
  FindingQuery,
  type FindingSort,
  FindingView,
  OverviewView,
  SEVERITIES,
} from '@guardimesh/contracts'
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
  image: 'image',
  sha256: 'sha256',
}

/** True if a finding matches the filters of a list or stream. */
export function passes(finding: FindingView, query: URLSearchParams): boolean {
  const { severity, source, since, until, exception = 'none' } = FindingFilters.parse(Object.fromEntries(query))
  const matched = finding.exceptionId === null ? ['none', 'all'] : ['any', 'all', String(finding.exceptionId)]
  const at = new Date(finding.receivedAt)
  return (
    (severity?.includes(finding.severity) ?? true) &&
    (source?.includes(finding.scanSource) ?? true) &&
    matched.includes(exception) &&
    (since === undefined || at >= since) &&
    (until === undefined || at < until) &&
    hasNames(finding, query, FIELDS) &&
    holdsText([finding.signatureName, finding.path, finding.podName, finding.namespace, finding.image], query)
  )
}

const SORT_KEYS: Readonly<Record<FindingSort, (finding: FindingView) => string>> = {
  received: ({ receivedAt }) => receivedAt,
  severity: ({ severity }) => String(SEVERITIES.indexOf(severity)),
  path: ({ path }) => path,
  workload: ({ podName }) => podName,
  node: ({ nodeName }) => nodeName,
}

/** Sorts findings, which are newest first, like the backend. */
function sorted(findings: readonly FindingView[], query: URLSearchParams): FindingView[] {
  const { sort, order } = FindingQuery.parse(Object.fromEntries(query))
  const keyOf = SORT_KEYS[sort]
  const ascending = findings.toReversed().sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))))
  return order === 'asc' ? ascending : ascending.reverse()
}

function facetValues(findings: readonly FindingView[], query: URLSearchParams): { value: string; count: number }[] {
  const { facet, text = '' } = FacetQuery.parse(Object.fromEntries(query))
  const others = new URLSearchParams(query)
  others.delete(facet)
  const counts = new Map<string, number>()
  for (const finding of findings.filter((one) => passes(one, others))) {
    const value = String(Reflect.get(finding, FIELDS[facet]))
    if (value.toLowerCase().includes(text.toLowerCase())) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}

export const findingRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/findings$/,
    ({ db, query }) => {
      const found = sorted(
        db.findings.filter((finding) => passes(finding, query)),
        query,
      )
      const isFirst = !query.has('cursor') && (query.get('exception') ?? 'none') === 'none'
      const excepted = new URLSearchParams({ ...Object.fromEntries(query), exception: 'any' })
      const total = db.findings.filter((finding) => passes(finding, excepted)).length
      const page = pageOfList(found, ({ findingId }) => findingId, query)
      return answer(FindingPage, { ...page, excepted: isFirst ? { total, totalIsMinimum: false } : null })
    },
  ],
  [
    'GET',
    /^\/api\/findings\/facets$/,
    ({ db, query }) => answer(FacetValues, { values: facetValues(db.findings, query), countsAreMinimum: false }),
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
