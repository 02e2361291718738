import type { RowCount } from './count-rows.js'
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

/**
 * Returns the total of a list for its first page, and null for a page that was read with a cursor.
 *
 * @param skipped rows before the page.
 * @param count counts the rows; only called if there is a next page.
 */
export async function totalOf(
  page: { readonly items: readonly unknown[]; readonly nextCursor: string | null },
  cursor: string | undefined,
  count: (known: number) => Promise<RowCount>,
  skipped = 0,
): Promise<{ total: number | null; totalIsMinimum: boolean }> {
  if (cursor !== undefined) return { total: null, totalIsMinimum: false }
  const known = skipped + page.items.length
  // An offset after the last row does not reveal the number of rows.
  const isLast = page.nextCursor === null && (skipped === 0 || page.items.length > 0)
  return isLast ? { total: known, totalIsMinimum: false } : count(page.items.length === 0 ? 0 : known + 1)
}
