const SPECIAL = /[\\\t\n\r]/
const SPECIALS = /[\\\t\n\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Separates the fields of a row. */
export const COPY_SEPARATOR = '\t'
/** NULL in COPY's text format. */
export const COPY_NULL = '\\N'

/**
 * Encodes a string as a field of COPY's text format. It must not contain NUL, which PostgreSQL cannot store.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html (Text Format)
 */
export function copyText(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (char) => ESCAPES[char] ?? char) : text
}

/** Encodes bytea as a field of COPY's text format. */
export function copyBytes(bytes: Buffer): string {
  return `\\\\x${bytes.toString('hex')}`
}

/** Encodes a time as a field of COPY's text format. */
export function copyMoment(ms: number): string {
  return new Date(ms).toISOString()
}

/** Joins encoded fields to a row of COPY's text format. */
export function copyRow(fields: readonly (string | number)[]): string {
  return `${fields.join(COPY_SEPARATOR)}\n`
}
