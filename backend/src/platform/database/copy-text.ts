const SPECIAL = /[\\\t\n\r]/
const SPECIALS = /[\\\t\n\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Separates the fields of a row. */
export const COPY_SEPARATOR = '\t'
/** NULL in COPY's text format. */
export const COPY_NULL = '\\N'

/**
 * A string as a field of COPY's text format. NUL must have been refused before: PostgreSQL has no such character.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html (Text Format)
 */
export function copyText(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (char) => ESCAPES[char] ?? char) : text
}

/** bytea as a field of COPY's text format. */
export function copyBytes(bytes: Buffer): string {
  return `\\\\x${bytes.toString('hex')}`
}

/** A moment as a field of COPY's text format. */
export function copyMoment(ms: number): string {
  return new Date(ms).toISOString()
}

/** A row of COPY's text format, made of encoded fields. */
export function copyRow(fields: readonly (string | number)[]): string {
  return `${fields.join(COPY_SEPARATOR)}\n`
}
