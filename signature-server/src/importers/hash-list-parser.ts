import { type HashColumns, parseHashColumns } from './hash-columns.js'
import { type HashLine, hasHash, parseHashLine } from './hash-line.js'

/** Parses the lines of a hash list. A header line before the first hash, also as a comment, names the columns. */
export class HashListParser {
  #columns: HashColumns | undefined
  #mayBeHeader = true

  /** Columns of the header line that are not used. */
  get ignoredColumns(): readonly string[] {
    return this.#columns?.ignored ?? []
  }

  parse(line: string): HashLine {
    const columns = this.#mayBeHeader ? headerOf(line.trim()) : undefined
    if (columns) {
      this.#columns = columns
      this.#mayBeHeader = false
      return { kind: 'none' }
    }
    const parsed = parseHashLine(line, this.#columns)
    if (parsed.kind !== 'none') this.#mayBeHeader = false
    return parsed
  }
}

function headerOf(line: string): HashColumns | undefined {
  const text = line.replace(/^#+\s*/, '')
  const columns = hasHash(text) ? undefined : parseHashColumns(text)
  // A comment such as "SHA256, from our partner" is no header.
  return line.startsWith('#') && columns?.name === undefined ? undefined : columns
}
