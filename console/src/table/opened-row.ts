/** Key of the row that was opened last, by the path of its list. */
const openedRows = new Map<string, string>()

/** Remembers the row whose link the user follows, to focus it when the user returns to the list. */
export function rememberOpenedRow(pathname: string, rowKey: string | undefined): void {
  if (rowKey === undefined) openedRows.delete(pathname)
  else openedRows.set(pathname, rowKey)
}

/** Returns the row that was opened from this list; undefined if it already got the focus back. */
export function openedRow(pathname: string): string | undefined {
  return openedRows.get(pathname)
}
