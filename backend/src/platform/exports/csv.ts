/** Byte order mark, by which spreadsheets recognize UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/**
 * Spreadsheets run cells that start with these characters as formulas. Some of them also split cells at semicolons, tabs and line breaks. Source:
 * OWASP, CSV Injection.
 */
const FORMULA = /(^|[;\t\r\n])(?=[=+\-@\t\r\n])/g

/** Formats a line of a CSV file (RFC 4180). Objects become JSON, null an empty cell. Pure. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: unknown): string {
  const text = textOf(value)
  // An apostrophe makes the cell a text.
  const safe = text.replaceAll(FORMULA, "$1'")
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
