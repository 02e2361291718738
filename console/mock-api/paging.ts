import { PageQuery } from '@guardimesh/contracts'

/** One page of a list in memory; the cursor is the key of the last row before it. */
export function pageOfList<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  query: URLSearchParams,
): { items: Row[]; nextCursor: string | null } {
  const { limit, cursor } = PageQuery.parse(Object.fromEntries(query))
  const start = cursor === undefined ? 0 : rows.findIndex((row) => keyOf(row) === cursor) + 1
  const items = rows.slice(start, start + limit)
  const last = items.at(-1)
  const isMore = start + limit < rows.length
  return { items, nextCursor: isMore && last !== undefined ? keyOf(last) : null }
}

/** True when every given filter equals the row's value. */
export function hasNames(row: object, query: URLSearchParams, fields: Readonly<Record<string, string>>): boolean {
  return Object.entries(fields).every(([parameter, field]) => {
    const wanted = query.get(parameter)
    return wanted === null || Reflect.get(row, field) === wanted
  })
}

/** True when one of the texts holds the search text in any case. */
export function holdsText(texts: readonly string[], query: URLSearchParams): boolean {
  const wanted = query.get('search')?.toLowerCase()
  return wanted === undefined || texts.some((text) => text.toLowerCase().includes(wanted))
}
