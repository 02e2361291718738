import { FindingFilters } from '@guardimesh/contracts'
import { isLastName } from './time-range.js'

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
  'image',
  'cluster',
  'sha256',
  'exception',
  'last',
  'since',
  'until',
] as const
export type FindingFilterName = (typeof FINDING_FILTER_NAMES)[number]

/** Filters as text, as in the URL. `last` is a key of LAST_MS and relative to now; `since` and `until` are fixed. */
export type FindingAddress = Readonly<Partial<Record<FindingFilterName, string>>>

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

/** Converts the filters to query parameters of the API. @param since start of the relative time range `last`. */
export function findingApiQuery({ last: _, ...filters }: FindingAddress, since?: string): Record<string, string | undefined> {
  return since === undefined ? filters : { ...filters, since }
}
