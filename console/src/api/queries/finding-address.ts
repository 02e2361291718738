import { DAY_MS, FindingFilters, HOUR_MS, SECOND_MS } from '@guardimesh/contracts'

/** Filters in the URL of a findings view, in display order. */
export const FINDING_FILTER_NAMES = [
  'search',
  'severity',
  'source',
  'namespace',
  'node',
  'signature',
  'pod',
  'container',
  'cluster',
  'sha256',
  'last',
  'since',
  'until',
] as const
export type FindingFilterName = (typeof FINDING_FILTER_NAMES)[number]

/** Filters as text, as in the URL. `last` is a key of LAST_MS and relative to now; `since` and `until` are fixed. */
export type FindingAddress = Readonly<Partial<Record<FindingFilterName, string>>>

/** Selectable time ranges, by their name in the URL. */
export const LAST_MS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const
export type LastName = keyof typeof LAST_MS
export const isLastName = (text: string): text is LastName => Object.hasOwn(LAST_MS, text)

/** Reads the filters of a query string. Invalid values are ignored, so that a broken link still shows findings. */
export function readFindingAddress(parameters: URLSearchParams): FindingAddress {
  const address: Partial<Record<FindingFilterName, string>> = {}
  for (const name of FINDING_FILTER_NAMES) {
    const text = parameters.get(name)?.trim()
    if (text && isFilter(name, text)) address[name] = text
  }
  return address
}

function isFilter(name: FindingFilterName, text: string): boolean {
  return name === 'last' ? isLastName(text) : FindingFilters.shape[name].safeParse(text).success
}

/** Converts the filters to query parameters of the API. */
export function findingApiQuery({ last, ...filters }: FindingAddress, nowMs = Date.now()): Record<string, string | undefined> {
  const since = lastToSince(last, nowMs)
  return since === undefined ? filters : { ...filters, since }
}

/** Returns the start of a time range that ends now, as ISO 8601; undefined for an unknown range. */
export function lastToSince(last: string | undefined, nowMs = Date.now()): string | undefined {
  if (last === undefined || !isLastName(last)) return undefined
  // Whole seconds are easier to read in the backend's log.
  return new Date(Math.floor((nowMs - LAST_MS[last]) / SECOND_MS) * SECOND_MS).toISOString()
}
