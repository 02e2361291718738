import { existsSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { background, type Logger, messageOf } from '@guardimesh/kit'
import type { Verdict } from './engine.js'

/** One line: a content's verdict, or that a file has a content. Lines of an older version have no MD5, nor those where it is forbidden. */
export type JournalRecord =
  | { readonly content: string; readonly verdict: Verdict }
  | { readonly identity: string; readonly content: string; readonly md5?: string | undefined }

/** What a journal held. */
export interface JournalContent {
  /** Undefined when there is nothing to go on with. */
  readonly generation: string | undefined
  readonly records: readonly JournalRecord[]
}

const FLUSH_MS = SECOND_MS
/** Far more than the cache holds; a larger file is not ours. */
const MAX_FILE_BYTES = 256 * MIB_BYTES
const NOTHING: JournalContent = { generation: undefined, records: [] }

/**
 * The verdict cache on disk: lines with a checksum, only ever appended to. A line that a killed process left half-written is dropped; any
 * other damage empties the cache, which costs a rescan and no more. Written once a second, off the way of scans; a full disk stops the
 * journal, not the scanner.
 */
export class VerdictJournal implements AsyncDisposable {
  readonly #path: string
  readonly #log: Logger
  #lines: string[] = []
  #handle: FileHandle | undefined
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #lineCount = 0

  constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
  }

  /** Lines written since the last `restart`, to tell when one is due. */
  get lineCount(): number {
    return this.#lineCount
  }

  /** Reads what the last process left. Call before anything else; it blocks, for the process is starting. */
  read(): JournalContent {
    if (!existsSync(this.#path)) return NOTHING
    try {
      const { size } = statSync(this.#path)
      if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes`)
      return parseJournal(readFileSync(this.#path, 'utf8'))
    } catch (error) {
      this.#log.warn({ error }, 'verdict cache on disk cannot be used; starting with an empty one')
      return NOTHING
    }
  }

  /** Begins a new file for a generation, with what is known already. */
  restart(generation: string, records: readonly JournalRecord[]): void {
    const text = [{ generation }, ...records].map(lineOf).join('')
    this.#lineCount = records.length
    this.#lines = []
    this.#enqueue(async () => {
      await this.#handle?.close()
      this.#handle = undefined
      const fresh = await open(`${this.#path}.new`, 'w', 0o600)
      await fresh.writeFile(text)
      await fresh.datasync()
      await rename(`${this.#path}.new`, this.#path)
      this.#handle = fresh
    })
  }

  append(record: JournalRecord): void {
    this.#lines.push(lineOf(record))
    this.#lineCount += 1
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#flush()
    this.#enqueue(async () => {
      await this.#handle?.close()
      this.#handle = undefined
    })
    await this.#writing
  }

  #flush(): void {
    this.#timer = undefined
    const text = this.#lines.join('')
    this.#lines = []
    if (text !== '') this.#enqueue(async () => void (await this.#handle?.appendFile(text)))
  }

  #enqueue(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(async (error: unknown) => {
      this.#log.warn({ reason: messageOf(error) }, 'verdict cache cannot be written to disk; it stays in memory')
      const handle = this.#handle
      this.#handle = undefined
      if (handle) background(this.#log, 'close verdict journal', handle.close())
    })
  }
}

/** A line of the journal. Pure. */
export function lineOf(value: unknown): string {
  const json = JSON.stringify(value)
  return `${checksum(json)} ${json}\n`
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** Reads a journal's text. Pure. @throws Error when a line other than the last is damaged. */
export function parseJournal(text: string): JournalContent {
  const lines = text.split('\n')
  // What follows the last line's end is empty, or was being written when the process died.
  lines.pop()
  const values = lines.map((line, index) => {
    const json = line.slice(9)
    if (line.slice(0, 8) !== checksum(json)) throw new Error(`line ${index + 1} is damaged`)
    return JSON.parse(json) as JournalRecord | { readonly generation: string }
  })
  const [header, ...records] = values
  if (!header || !('generation' in header)) return NOTHING
  return { generation: header.generation, records: records as JournalRecord[] }
}
