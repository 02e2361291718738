import { encodeCursor } from './cursor.js'

/**
 * Builds a page from rows. The query must read one row more than the page contains, to detect a next page. Pure.
 *
 * @param list same as for `decodeCursor`.
 * @param positionOf the sort key of a row.
 */
export function pageOfRows<Row>(list: unknown, rows: readonly Row[], limit: number, positionOf: (row: Row) => readonly string[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(list, positionOf(last)) : null }
}
