import { matchesTextTerms, PageQuery, parseTextTerms } from '@guardimesh/contracts'

/** Returns one page of a list with its total; the cursor is the key of the last row of the previous page. */
export function pageOfList<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  query: URLSearchParams,
): { items: Row[]; nextCursor: string | null; total: number | null; totalIsMinimum: boolean } {
  const { limit, cursor } = PageQuery.parse(Object.fromEntries(query))
  const start = cursor === undefined ? 0 : rows.findIndex((row) => keyOf(row) === cursor) + 1
  const items = rows.slice(start, start + limit)
  const last = items.at(-1)
  const isMore = start + limit < rows.length
  const total = cursor === undefined ? rows.length : null
  return { items, nextCursor: isMore && last !== undefined ? keyOf(last) : null, total, totalIsMinimum: false }
}

/** True if the row matches every filter that is set. */
export function hasNames(row: object, query: URLSearchParams, fields: Readonly<Record<string, string>>): boolean {
  return Object.entries(fields).every(([parameter, field]) => {
    const wanted = query.get(parameter)
    return wanted === null || matchesTextTerms(String(Reflect.get(row, field)), parseTextTerms(wanted, 'exact') ?? [])
  })
}

/** True if one of the texts contains the search text, ignoring case. */
export function holdsText(texts: readonly string[], query: URLSearchParams): boolean {
  const wanted = query.get('search')?.toLowerCase()
  return wanted === undefined || texts.some((text) => text.toLowerCase().includes(wanted))
}
