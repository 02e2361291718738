import { existsSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
import { background, type Logger, messageOf } from '@guardimesh/kit'
import type { Verdict } from './engine.js'

/** A line: the verdict of a content, or the content of a file. Without MD5 if written by an older version, or where MD5 is not allowed. */
export type JournalRecord =
  | { readonly content: string; readonly verdict: Verdict }
  | { readonly identity: string; readonly content: string; readonly md5?: string | undefined }

interface JournalHeader {
  /** Undefined in a journal of version 1. */
  readonly version?: number
  readonly generation: string
}

/** Parsed journal. */
export interface JournalContent {
  /** Undefined for a journal that is empty, unusable or of another version. */
  readonly generation: string | undefined
  readonly records: readonly JournalRecord[]
}

const FLUSH_MS = SECOND_MS
/** Far more than a full cache needs; a larger file is rejected. */
const MAX_FILE_BYTES = 256 * MIB_BYTES
/**
 * Increased whenever keys or verdicts change their meaning, also when an engine inspects more than before: verdicts of another version are not
 * read.
 */
const VERSION = 2
const EMPTY: JournalContent = { generation: undefined, records: [] }

/**
 * Append-only file of the verdict cache, with a checksum per line. A last line that a killed process left incomplete is dropped; any other
 * damage empties the cache, which only causes a rescan. Written once per second in the background; a full disk stops the journal, not the
 * scanner.
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

  /** Lines since the last `restart`, to decide when the next is due. */
  get lineCount(): number {
    return this.#lineCount
  }

  /** Reads the journal of the previous process. Synchronous; call it first, at start-up. */
  read(): JournalContent {
    if (!existsSync(this.#path)) return EMPTY
    try {
      const { size } = statSync(this.#path)
      if (size > MAX_FILE_BYTES) throw new Error(`the file has ${size} bytes, the maximum is ${MAX_FILE_BYTES}`)
      return parseJournal(readFileSync(this.#path, 'utf8'))
    } catch (error) {
      this.#log.warn({ error }, 'failed to read verdict cache from disk; starting with an empty one')
      return EMPTY
    }
  }

  /** Starts a new file for a generation with the given records. */
  restart(generation: string, records: readonly JournalRecord[]): void {
    const text = [{ version: VERSION, generation }, ...records].map(lineOf).join('')
    this.#lineCount = records.length
    this.#lines = []
    this.#enqueue(async () => {
      await this.#handle?.close()
      this.#handle = undefined
      const handle = await open(`${this.#path}.new`, 'w', 0o600)
      await handle.writeFile(text)
      await handle.datasync()
      await rename(`${this.#path}.new`, this.#path)
      this.#handle = handle
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

  /** Writes pending lines and closes the file. */
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
      this.#log.warn({ reason: messageOf(error) }, 'failed to write verdict cache to disk; it stays in memory')
      const handle = this.#handle
      this.#handle = undefined
      if (handle) background(this.#log, 'close verdict journal', handle.close())
    })
  }
}

/** Formats a line of the journal. Pure. */
export function lineOf(value: unknown): string {
  const json = JSON.stringify(value)
  return `${checksum(json)} ${json}\n`
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** Parses a journal's text. Pure. @throws Error when a line other than the last is damaged. */
export function parseJournal(text: string): JournalContent {
  const lines = text.split('\n')
  // The text after the last newline is empty, or an incomplete line of a killed process.
  lines.pop()
  const values = lines.map((line, index) => {
    const json = line.slice(9)
    if (line.slice(0, 8) !== checksum(json)) throw new Error(`line ${index + 1} is damaged`)
    return JSON.parse(json) as JournalRecord | JournalHeader
  })
  const [header, ...records] = values
  if (!header || !('generation' in header) || header.version !== VERSION) return EMPTY
  return { generation: header.generation, records: records as JournalRecord[] }
}
