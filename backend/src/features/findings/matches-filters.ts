import {
  type FindingFilters,
  type FindingSummary,
  matchesTextTerms,
  type StreamEvent,
  type StreamQuery,
  type TextTerm,
} from '@guardimesh/contracts'

/** True when a stream with this query sends the event. Pure. */
export function matchesStream(event: StreamEvent, { events, ...filters }: StreamQuery): boolean {
  if (events && !events.includes(event.name)) return false
  return event.name !== 'finding' || matchesFilters(event.data, filters)
}

/** True if a finding matches the filters; equivalent to the SQL conditions of the list. Pure. */
export function matchesFilters(finding: FindingSummary, filters: FindingFilters): boolean {
  return (
    matchesException(finding, filters.exception) &&
    matchesNames(finding, filters) &&
    matchesMoment(finding, filters) &&
    matchesSearch(finding, filters.search)
  )
}

function matchesException({ exceptionId }: FindingSummary, exception = 'none'): boolean {
  if (exception === 'all') return true
  if (exception === 'none' || exceptionId === null) return exception === 'none' && exceptionId === null
  return exception === 'any' || exception === String(exceptionId)
}

function matchesNames(finding: FindingSummary, filters: FindingFilters): boolean {
  const exact: readonly (readonly [string | undefined, string | null])[] = [
    [filters.cluster, finding.clusterId],
    [filters.container, finding.containerName],
    [filters.sha256, finding.sha256],
  ]
  const texts: readonly (readonly [readonly TextTerm[] | undefined, string])[] = [
    [filters.signature, finding.signatureName],
    [filters.namespace, finding.namespace],
    [filters.node, finding.nodeName],
    [filters.pod, finding.podName],
    [filters.image, finding.image],
  ]
  return (
    texts.every(([terms, value]) => terms === undefined || matchesTextTerms(value, terms)) &&
    exact.every(([wanted, value]) => wanted === undefined || wanted === value) &&
    (filters.severity?.includes(finding.severity) ?? true) &&
    (filters.source?.includes(finding.scanSource) ?? true)
  )
}

function matchesMoment({ receivedAt }: FindingSummary, { since, until }: FindingFilters): boolean {
  const atMs = Date.parse(receivedAt)
  return (since === undefined || atMs >= since.getTime()) && (until === undefined || atMs <= until.getTime())
}

function matchesSearch(finding: FindingSummary, search: string | undefined): boolean {
  if (search === undefined) return true
  // Same order and separators as finding_search_text in the database.
  const text = [finding.signatureName, finding.path, finding.podName, finding.namespace, finding.image].join(' ')
  return text.toLowerCase().includes(search.toLowerCase())
}
