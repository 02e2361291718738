import { encodeCursor } from './cursor.js'

/**
 * Cuts the rows of one page off what was read. Read one row more than the page holds: it tells whether there is a next page. Pure.
 *
 * @param list the same as for `decodeCursor`.
 * @param positionOf the sort key of a row.
 */
export function pageOfRows<Row>(list: unknown, rows: readonly Row[], limit: number, positionOf: (row: Row) => readonly string[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(list, positionOf(last)) : null }
}
