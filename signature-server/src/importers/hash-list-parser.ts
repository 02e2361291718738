import { type HashColumns, parseHashColumns } from './hash-columns.js'
import { type HashLine, hasHash, parseHashLine } from './hash-line.js'

/** Parses the lines of a hash list. A header line names the columns of the lines below it; the first one may be a comment. */
export class HashListParser {
  #columns: HashColumns | undefined
  #mayBeHeader = true
  readonly #ignored = new Set<string>()

  /** Columns of the header lines that are not used. */
  get ignoredColumns(): readonly string[] {
    return [...this.#ignored]
  }

  parse(line: string): HashLine {
    if (this.#mayBeHeader && this.#readHeader(line)) return { kind: 'none' }
    const parsed = parseHashLine(line, this.#columns)
    if (parsed.kind !== 'none') this.#mayBeHeader = false
    // Several lists in one file, each with its header.
    if (parsed.kind === 'bad' && headerOf(line.trim())?.name !== undefined && this.#readHeader(line)) return { kind: 'none' }
    return parsed
  }

  #readHeader(line: string): boolean {
    const columns = headerOf(line.trim())
    if (!columns) return false
    this.#columns = columns
    this.#mayBeHeader = false
    for (const name of columns.ignored) this.#ignored.add(name)
    return true
  }
}

function headerOf(line: string): HashColumns | undefined {
  const text = line.replace(/^#+\s*/, '')
  const columns = hasHash(text) ? undefined : parseHashColumns(text)
  // A comment such as "SHA256, from our partner" is no header.
  return line.startsWith('#') && columns?.name === undefined ? undefined : columns
}
