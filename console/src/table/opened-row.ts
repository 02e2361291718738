/** Key of the row that was opened last, by the path of its list. */
const openedRows = new Map<string, string>()

/** Remembers the row whose link the user follows, to focus it when the user returns to the list. */
export function rememberOpenedRow(pathname: string, rowKey: string): void {
  openedRows.set(pathname, rowKey)
}

/** Returns the row that was opened from this list, once. */
export function takeOpenedRow(pathname: string): string | undefined {
  const rowKey = openedRows.get(pathname)
  openedRows.delete(pathname)
  return rowKey
}
