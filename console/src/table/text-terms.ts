import { formatTextTerms, parseTextTerms } from '@guardimesh/contracts'

/** Filters of lists that are TextFilters in the API. */
export const TEXT_FILTERS: ReadonlySet<string> = new Set(['namespace', 'node', 'pod', 'image', 'signature', 'actor', 'action', 'target'])

/** Converts the text of a field, in which a plain term means "contains", to a filter of the API. Incomplete text is no filter. Pure. */
export function toTextFilter(typed: string): string {
  const terms = parseTextTerms(typed, 'contains')
  return terms ? formatTextTerms(terms, 'exact') : ''
}

/** Converts a filter of the API to the text of a field. Pure. */
export function fromTextFilter(filter: string): string {
  const terms = parseTextTerms(filter, 'exact')
  return terms ? formatTextTerms(terms, 'contains') : filter
}

/** Filter of the API for exactly this text. Pure. */
export const exactly = (text: string) => formatTextTerms([{ text, isExact: true, isNegated: false }], 'exact')
