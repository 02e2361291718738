const SEPARATORS = [',', ';', '\t'] as const

/** Fields of a line, trimmed and without quotes. */
export interface SplitLine {
  readonly fields: readonly string[]
  /** Undefined for fields separated by white space. */
  readonly separator: string | undefined
}

/**
 * Splits a line at the first kind of separator outside quotes: commas, semicolons or tabs, which allow spaces in fields, else white space.
 * Quoted fields may contain separators, and quotes as `""` (RFC 4180). Pure.
 *
 * @param known separator of the header line.
 */
export function splitFields(line: string, known?: string): SplitLine {
  const unquoted = line.replace(/"(?:[^"]|"")*"/g, '')
  const separator = known ?? SEPARATORS.find((one) => unquoted.includes(one))
  if (separator === undefined) return { fields: line.trim().split(/\s+/).map(unquote), separator }
  // The added separator makes every field, also an empty first one, begin with a separator.
  const matches = `${separator}${line}`.matchAll(fieldPattern(separator))
  return { fields: [...matches].map(([, field = '']) => unquote(field.trim())), separator }
}

/** A field after its separator. */
function fieldPattern(separator: string): RegExp {
  return new RegExp(`${separator}([^\\S${separator}]*"(?:[^"]|"")*"[^\\S${separator}]*(?=${separator}|$)|[^${separator}]*)`, 'g')
}

function unquote(field: string): string {
  return /^"(?:[^"]|"")*"$/.test(field) ? field.slice(1, -1).replaceAll('""', '"').trim() : field
}
