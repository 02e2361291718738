import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { SIGNATURE_FILE_MODE } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import type { HashLine } from './hash-line.js'
import { HashListParser } from './hash-list-parser.js'

/** Maximum number of columns in a notice. */
const MAX_IGNORED_SHOWN = 20
/** Maximum line length. Protects Node's line reader from files without newlines. */
const MAX_LINE_BYTES = 4096
const LINE_END = 10
const MAX_LINES = 2_000_000
const WRITE_LINES = 10_000

/** A database converted from a hash list: SHA-256 in `.hsb`, MD5 in `.hdb`. */
export interface HashDatabase {
  readonly path: string
  readonly ending: 'hsb' | 'hdb'
  readonly signatures: number
}

/** Databases of a hash list, and what was left out of it. */
export interface ConvertedList {
  readonly databases: readonly HashDatabase[]
  readonly notices: readonly string[]
}

/**
 * Converts a hash list to ClamAV databases.
 *
 * @param target path of the databases without file extension.
 * @throws the refusal with the number of the invalid line.
 */
export async function convertHashList(list: { name: string; path: string }, target: string, signal: AbortSignal): Promise<ConvertedList> {
  await requireShortLines(list)
  await using sha256 = new HashFile(`${target}.hsb`, 'hsb')
  await using md5 = new HashFile(`${target}.hdb`, 'hdb')
  const parser = new HashListParser()
  let number = 0
  for await (const line of createInterface({ input: createReadStream(list.path, { signal }), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (number > MAX_LINES) throw refusal('hash-list', `${list.name} has too many lines (maximum ${MAX_LINES}). Split it.`)
    const parsed: HashLine = parser.parse(line)
    if (parsed.kind === 'bad')
      throw refusal('hash-list', `${list.name}, line ${number}: ${parsed.reason}. Correct the line, then import the file again.`)
    if (parsed.kind === 'hash') await (parsed.type === 'sha256' ? sha256 : md5).add(parsed.signature)
  }
  const databases = [await sha256.finish(), await md5.finish()].filter((database) => database !== undefined)
  if (databases.length === 0) throw refusal('hash-list', `${list.name} contains no hash. Each line needs a SHA-256 or MD5 and a name.`)
  return { databases, notices: describeIgnored(list.name, parser.ignoredColumns) }
}

function describeIgnored(name: string, ignored: readonly string[]): string[] {
  if (ignored.length === 0) return []
  const shown = ignored.slice(0, MAX_IGNORED_SHOWN).map((column) => column.replace(/[^ -~]/g, '?'))
  return [`Columns of ${name} that are not imported: ${shown.join(', ')}${ignored.length > shown.length ? ', …' : ''}.`]
}

/** Rejects long lines before the line reader loads them into memory. */
async function requireShortLines({ name, path }: { name: string; path: string }): Promise<void> {
  let [lengthBytes, number] = [0, 1]
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
    for (const byte of chunk) {
      lengthBytes = byte === LINE_END ? 0 : lengthBytes + 1
      if (byte === LINE_END) number += 1
      if (lengthBytes > MAX_LINE_BYTES)
        throw refusal('hash-list', `${name}, line ${number}: too long (maximum ${MAX_LINE_BYTES} bytes), not a hash list.`)
    }
}

/** A database file that is created with its first signature. */
class HashFile implements AsyncDisposable {
  readonly #path: string
  readonly #ending: HashDatabase['ending']
  #file: FileHandle | undefined
  #lines: string[] = []
  #count = 0

  constructor(path: string, ending: HashDatabase['ending']) {
    this.#path = path
    this.#ending = ending
  }

  async add(signature: string): Promise<void> {
    this.#count += 1
    if (this.#lines.push(signature) >= WRITE_LINES) await this.#write()
  }

  async finish(): Promise<HashDatabase | undefined> {
    if (this.#count === 0) return undefined
    await this.#write()
    await this.#file?.chmod(SIGNATURE_FILE_MODE)
    await this.#file?.sync()
    return { path: this.#path, ending: this.#ending, signatures: this.#count }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close()
    if (this.#count === 0) await rm(this.#path, { force: true })
  }

  async #write(): Promise<void> {
    this.#file ??= await open(this.#path, 'wx')
    await this.#file.writeFile(this.#lines.join(''))
    this.#lines = []
  }
}
