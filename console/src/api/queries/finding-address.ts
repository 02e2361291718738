import { DAY_MS, FindingFilters, HOUR_MS, SECOND_MS } from '@guardimesh/contracts'

/** Filters that the address of a findings view can hold, in the order they are shown. */
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

/** What the query string says, as text. `last` is a key of LAST_MS and moves with the clock; `since` and `until` do not. */
export type FindingAddress = Readonly<Partial<Record<FindingFilterName, string>>>

/** Time spans that can be chosen, by the name that the address uses. */
export const LAST_MS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const
export type LastName = keyof typeof LAST_MS
export const isLastName = (text: string): text is LastName => Object.hasOwn(LAST_MS, text)

/** Reads the filters of a query string. What the contract does not take is left out, so a broken link still shows findings. */
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

/** The address as parameters of the API. */
export function findingApiQuery({ last, ...filters }: FindingAddress, nowMs = Date.now()): Record<string, string | undefined> {
  const since = lastToSince(last, nowMs)
  return since === undefined ? filters : { ...filters, since }
}

/** The beginning of a time span that ends now, as ISO 8601; undefined when there is no such span. */
export function lastToSince(last: string | undefined, nowMs = Date.now()): string | undefined {
  if (last === undefined || !isLastName(last)) return undefined
  // Whole seconds, so that the moment reads well in the backend's log.
  return new Date(Math.floor((nowMs - LAST_MS[last]) / SECOND_MS) * SECOND_MS).toISOString()
}
