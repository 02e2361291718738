import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { KIB_BYTES, MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
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

const FLUSH_MS = SECOND_MS
/** Far more than a full cache needs; a larger file is rejected. */
const MAX_FILE_BYTES = 256 * MIB_BYTES
/**
 * Increased whenever keys or verdicts change their meaning, also when an engine inspects more than before: verdicts of another version are not
 * read.
 */
const VERSION = 2
/** About 150 KiB, which take a few milliseconds. */
const LINES_PER_WRITE = 1000
const READ_BYTES = MIB_BYTES
/** A file of a few hundred matches has the longest line. */
const LINES_BYTES = 256 * KIB_BYTES
const NEWLINE = 0x0a

/**
 * Append-only file of the verdict cache, with a checksum per line. A last line that a killed process left incomplete is dropped; any other
 * damage empties the cache, which only causes a rescan. Written once per second in the background; a full disk stops the journal, not the
 * scanner.
 */
export class VerdictJournal implements AsyncDisposable {
  readonly #path: string
  readonly #log: Logger
  /** Lines that are not written yet. Strings that live until the next flush would be promoted, and collected much later. */
  readonly #lines = Buffer.allocUnsafeSlow(LINES_BYTES)
  #linesLength = 0
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

  /**
   * Passes the records of the previous process to `insert`, if they belong to this generation. Synchronous; call it before anything is written.
   *
   * @returns false when the file is damaged, so that what was passed must not be used.
   */
  read(generation: string, insert: (record: JournalRecord) => void): boolean {
    if (!existsSync(this.#path)) return true
    try {
      const { size } = statSync(this.#path)
      if (size > MAX_FILE_BYTES) throw new Error(`the file has ${size} bytes, the maximum is ${MAX_FILE_BYTES}`)
      let isHeader = true
      for (const value of parseLines(readLines(this.#path))) {
        if (!isHeader) insert(value as JournalRecord)
        else if (!isHeaderOf(value, generation)) return true
        isHeader = false
      }
      return true
    } catch (error) {
      this.#log.warn({ error }, 'failed to read verdict cache from disk; starting with an empty one')
      return false
    }
  }

  /**
   * Starts a new file for a generation.
   *
   * @param records are read little by little while the file is written: all lines of a full cache at once need several times its memory.
   * @param count of the records, at most.
   */
  restart(generation: string, count: number, records: Iterable<JournalRecord>): void {
    this.#lineCount = count
    this.#linesLength = 0
    this.#enqueue(async () => {
      await this.#handle?.close()
      this.#handle = undefined
      const handle = await open(`${this.#path}.new`, 'w', 0o600)
      this.#handle = handle
      await handle.appendFile(lineOf({ version: VERSION, generation }))
      for (const text of textsOf(records)) await handle.appendFile(text)
      await handle.datasync()
      await rename(`${this.#path}.new`, this.#path)
    })
  }

  append(record: JournalRecord): void {
    const line = lineOf(record)
    const lineBytes = Buffer.byteLength(line)
    if (lineBytes > LINES_BYTES) return
    if (this.#linesLength + lineBytes > LINES_BYTES) this.#flush()
    this.#linesLength += this.#lines.write(line, this.#linesLength)
    this.#lineCount += 1
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Writes pending lines and closes the file. */
  async close(): Promise<void> {
    this.#flush()
    this.#enqueue(async () => {
      await this.#handle?.close()
      this.#handle = undefined
    })
    await this.#writing
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#linesLength === 0) return
    const lines = Buffer.from(this.#lines.subarray(0, this.#linesLength))
    this.#linesLength = 0
    this.#enqueue(async () => void (await this.#handle?.appendFile(lines)))
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

/** Joins the lines of some records at a time. */
function* textsOf(records: Iterable<JournalRecord>): Generator<string> {
  let lines: string[] = []
  for (const record of records) {
    lines.push(lineOf(record))
    if (lines.length < LINES_PER_WRITE) continue
    yield lines.join('')
    lines = []
  }
  if (lines.length > 0) yield lines.join('')
}

/** Yields the complete lines of a file. What follows the last newline is an incomplete line of a killed process. */
function* readLines(path: string): Generator<string> {
  const fd = openSync(path, 'r')
  const chunk = Buffer.allocUnsafeSlow(READ_BYTES)
  try {
    let rest: Buffer = Buffer.alloc(0)
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, length)])
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.toString('utf8', start, end)
        start = end + 1
      }
      rest = bytes.subarray(start)
      if (rest.length > READ_BYTES) throw new Error('a line is too long')
    }
  } finally {
    closeSync(fd)
  }
}

/** Parses the lines of a journal: its header, then its records. @throws Error when one is damaged. */
function* parseLines(lines: Iterable<string>): Generator<JournalHeader | JournalRecord> {
  let number = 0
  for (const line of lines) {
    number += 1
    const json = line.slice(9)
    if (line.slice(0, 8) !== checksum(json)) throw new Error(`line ${number} is damaged`)
    yield JSON.parse(json)
  }
}

function isHeaderOf(value: JournalHeader | JournalRecord, generation: string): boolean {
  return 'generation' in value && value.version === VERSION && value.generation === generation
}
