import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { KIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sizeOf, sleep, systemCodeOf } from '@guardimesh/kit'
import { fingerprint } from '@guardimesh/signature-format'
import type { SignatureServerClient } from './server-client.js'
import type { OfferedFile } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

/** Attempts in a row that bring nothing, after which the pull is given up; the next one goes on from there. */
const MAX_FAILURES = 5
const RETRY = { firstMs: 200, maxMs: 5 * SECOND_MS }
const MAX_RETRY_AFTER_MS = 30 * SECOND_MS
/** Of an answer that is none: a sentence. */
const DISCARD_BYTES = 64 * KIB_BYTES
const DISCARD_MS = 5 * SECOND_MS

interface Download {
  readonly path: string
  readonly file: OfferedFile
  /** Where it is put together. */
  readonly part: string
  readonly haveBytes: number
}

export interface DownloaderOptions {
  readonly client: SignatureServerClient
  /** Holds the beginnings of files. */
  readonly folder: string
  /** Counts what comes. */
  readonly transfers: TransferCounters
  readonly log: Logger
}

/** Files on their way from the signature server, named by their SHA-256, so that a broken download goes on after a restart, too. */
export class Downloader {
  readonly #client: SignatureServerClient
  readonly #folder: string
  readonly #transfers: TransferCounters
  readonly #log: Logger

  constructor({ client, folder, transfers, log }: DownloaderOptions) {
    this.#client = client
    this.#folder = folder
    this.#transfers = transfers
    this.#log = log
  }

  /** Forgets the beginnings of files that are not offered any more. */
  async removePartsExcept(files: readonly OfferedFile[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const wanted = new Set(files.map(({ sha256 }) => sha256))
    for (const name of await readdir(this.#folder)) if (!wanted.has(name)) await rm(join(this.#folder, name), { force: true })
  }

  /**
   * Downloads a file of a generation and gives it its place.
   *
   * @throws GuardError BACKEND_UNAVAILABLE when the server does not give it, or something else.
   */
  async download(generation: string, file: OfferedFile, target: string, signal: AbortSignal): Promise<void> {
    const part = join(this.#folder, file.sha256)
    const path = `/v1/generations/${generation}/${file.path}`
    if (file.sizeBytes === 0) await writeFile(part, '')
    for (let failures = 0, haveBytes = await sizeOf(part); haveBytes !== file.sizeBytes; ) {
      const pauseMs = await this.#attempt({ path, file, part, haveBytes }, failures + 1, signal)
      const nowBytes = await sizeOf(part)
      failures = nowBytes > haveBytes ? 0 : failures + 1
      haveBytes = nowBytes
      if (failures >= MAX_FAILURES) throw this.#client.unavailable(`it does not give ${path}`)
      await sleep(pauseMs, signal)
    }
    await this.#finish(part, file, target)
  }

  /** @returns how long to wait before the next attempt; zero when nothing went wrong. */
  async #attempt(download: Download, attempt: number, signal: AbortSignal): Promise<number> {
    try {
      await this.#continue(download, signal)
      return 0
    } catch (error) {
      signal.throwIfAborted()
      if (isDiskError(error)) throw error
      const pauseMs = error instanceof ServerBusyError ? error.retryAfterMs : backoffMs(attempt, RETRY)
      const { path, haveBytes } = download
      this.#log.warn({ path, haveBytes, pauseMs, reason: messageOf(error) }, 'download broke off; it goes on from there')
      return pauseMs
    }
  }

  async #finish(part: string, file: OfferedFile, target: string): Promise<void> {
    const { sha256 } = await fingerprint(part)
    if (sha256 !== file.sha256) {
      await rm(part, { force: true })
      throw this.#client.unavailable(`${file.path} came with SHA-256 ${sha256}, its catalogue says ${file.sha256}`)
    }
    await rename(part, target)
  }

  /** Asks for what is missing and adds it to the part. */
  async #continue({ path, file, part, haveBytes }: Download, signal: AbortSignal): Promise<void> {
    const headers = haveBytes === 0 ? {} : { range: `bytes=${haveBytes}-`, 'if-range': `"${file.sha256}"` }
    const answer = await this.#client.get(path, headers, signal)
    const isRest = answer.statusCode === 206 && answer.headers['content-range']?.startsWith(`bytes ${haveBytes}-`)
    if (!isRest && answer.statusCode !== 200) {
      await discardBody(answer)
      if (answer.statusCode === 503) throw new ServerBusyError(answer)
      // A part that is longer than the file, or of another one.
      if (answer.statusCode === 416) await rm(part, { force: true })
      throw new Error(`the signature server answered ${answer.statusCode}`)
    }
    const startBytes = isRest ? haveBytes : 0
    const output = createWriteStream(part, { flags: isRest ? 'a' : 'w', mode: 0o600 })
    const counted = (bytes: number) => {
      this.#transfers.bytes[file.path.startsWith('deltas/') ? 'update' : 'whole'] += bytes
    }
    await pipeline(answer, limitBytes(file.sizeBytes - startBytes, counted), output, { signal })
  }
}

/** The server serves as many as it can; it said when to come again. */
class ServerBusyError extends Error {
  readonly retryAfterMs: number

  constructor(answer: IncomingMessage) {
    super('the signature server is busy')
    const seconds = Number(answer.headers['retry-after'] ?? 1)
    this.retryAfterMs = Math.min(MAX_RETRY_AFTER_MS, (Number.isFinite(seconds) ? seconds : 1) * SECOND_MS * (0.5 + Math.random()))
  }
}

/** Leaves the connection to the next request; a body that is long or slow costs it. */
async function discardBody(answer: IncomingMessage): Promise<void> {
  const timer = setTimeout(() => answer.destroy(), DISCARD_MS)
  let sizeBytes = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length
      if (sizeBytes > DISCARD_BYTES) break
    }
  } catch {
    // Nobody wants to know how a body ends that says nothing.
  } finally {
    clearTimeout(timer)
  }
}

/** Lets so many bytes through, tells of them, and fails at the next. */
function limitBytes(maxBytes: number, onBytes: (count: number) => void) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let sizeBytes = 0
    for await (const chunk of chunks) {
      sizeBytes += chunk.length
      onBytes(chunk.length)
      if (sizeBytes > maxBytes) throw new Error(`it sends more than the ${maxBytes} bytes that the catalogue says`)
      yield chunk
    }
  }
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'].includes(systemCodeOf(error) ?? '')
}
