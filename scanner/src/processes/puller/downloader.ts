import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { KIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, readBounded, sizeOf, sleep, systemCodeOf } from '@guardimesh/kit'
import { fingerprint } from '@guardimesh/signature-format'
import type { SignatureServerClient } from './server-client.js'
import type { OfferedFile } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

/** Consecutive attempts without progress after which the pull fails. The next pull resumes the download. */
const MAX_FAILURES = 5
const RETRY = { firstMs: 200, maxMs: 5 * SECOND_MS }
const MAX_RETRY_AFTER_MS = 30 * SECOND_MS
/** Limits for the body of an error response. */
const MAX_DISCARD_BYTES = 64 * KIB_BYTES
const DISCARD_TIMEOUT_MS = 5 * SECOND_MS

interface Download {
  readonly path: string
  readonly file: OfferedFile
  /** Partial file on disk. */
  readonly part: string
  readonly haveBytes: number
}

export interface DownloaderOptions {
  readonly client: SignatureServerClient
  /** Folder for partial files. */
  readonly folder: string
  readonly transfers: TransferCounters
  readonly log: Logger
}

/** Downloads files from the signature server. Partial files are named by their SHA-256, so downloads resume even after a restart. */
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

  /** Removes partial files that are no longer offered. */
  async removePartsExcept(files: readonly OfferedFile[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const wanted = new Set(files.map(({ sha256 }) => sha256))
    for (const name of await readdir(this.#folder)) if (!wanted.has(name)) await rm(join(this.#folder, name), { force: true })
  }

  /**
   * Downloads a file of a generation to `target` and verifies its SHA-256.
   *
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE when the download makes no progress, or the content differs from the catalogue.
   */
  async download(generation: string, file: OfferedFile, target: string, signal: AbortSignal): Promise<void> {
    const part = join(this.#folder, file.sha256)
    const path = `/v1/generations/${generation}/${file.path}`
    if (file.sizeBytes === 0) await writeFile(part, '')
    for (let failures = 0, haveBytes = await sizeOf(part); haveBytes !== file.sizeBytes; ) {
      const pauseMs = await this.#tryRequest({ path, file, part, haveBytes }, failures + 1, signal)
      const nowBytes = await sizeOf(part)
      failures = nowBytes > haveBytes ? 0 : failures + 1
      haveBytes = nowBytes
      if (failures >= MAX_FAILURES)
        throw this.#client.unavailable(`download of ${path} failed after ${MAX_FAILURES} attempts without progress`)
      await sleep(pauseMs, signal)
    }
    await this.#finish(part, file, target)
  }

  /** @returns the pause before the next attempt; 0 after a success. */
  async #tryRequest(download: Download, attempt: number, signal: AbortSignal): Promise<number> {
    try {
      await this.#requestRest(download, signal)
      return 0
    } catch (error) {
      signal.throwIfAborted()
      if (isDiskError(error)) throw error
      const pauseMs = error instanceof ServerBusyError ? error.retryAfterMs : backoffMs(attempt, RETRY)
      const { path, haveBytes } = download
      this.#log.warn({ path, haveBytes, pauseMs, reason: messageOf(error) }, 'download interrupted; resuming')
      return pauseMs
    }
  }

  async #finish(part: string, file: OfferedFile, target: string): Promise<void> {
    const { sha256 } = await fingerprint(part)
    if (sha256 !== file.sha256) {
      await rm(part, { force: true })
      throw this.#client.unavailable(`${file.path} has SHA-256 ${sha256}, but the catalogue lists ${file.sha256}`)
    }
    await rename(part, target)
  }

  /** Requests the missing bytes and appends them to the partial file. */
  async #requestRest({ path, file, part, haveBytes }: Download, signal: AbortSignal): Promise<void> {
    const headers = haveBytes === 0 ? {} : { range: `bytes=${haveBytes}-`, 'if-range': `"${file.sha256}"` }
    const response = await this.#client.get(path, headers, signal)
    const isRest = response.statusCode === 206 && response.headers['content-range']?.startsWith(`bytes ${haveBytes}-`)
    if (!isRest && response.statusCode !== 200) {
      await discardBody(response)
      if (response.statusCode === 503) throw new ServerBusyError(response)
      // The partial file is longer than the file, or belongs to another version.
      if (response.statusCode === 416) await rm(part, { force: true })
      throw new Error(`the signature server returned status ${response.statusCode}`)
    }
    const startBytes = isRest ? haveBytes : 0
    const output = createWriteStream(part, { flags: isRest ? 'a' : 'w', mode: 0o600 })
    const countBytes = (bytes: number) => {
      this.#transfers.bytes[file.path.startsWith('deltas/') ? 'update' : 'whole'] += bytes
    }
    await pipeline(response, limitBytes(file.sizeBytes - startBytes, countBytes), output, { signal })
  }
}

/** The server has reached its limit of concurrent downloads and asks to retry later. */
class ServerBusyError extends Error {
  readonly retryAfterMs: number

  constructor(response: IncomingMessage) {
    super('the signature server is busy')
    const seconds = Number(response.headers['retry-after'] ?? 1)
    this.retryAfterMs = Math.min(MAX_RETRY_AFTER_MS, (Number.isFinite(seconds) ? seconds : 1) * SECOND_MS * (0.5 + Math.random()))
  }
}

/** Reads the body of an error response, so that the connection can be reused; a long or slow body closes it. */
async function discardBody(response: IncomingMessage): Promise<void> {
  const timer = setTimeout(() => response.destroy(), DISCARD_TIMEOUT_MS)
  try {
    await readBounded(response, MAX_DISCARD_BYTES)
  } catch {
    // The status code has already been reported; errors in the body add nothing.
  } finally {
    clearTimeout(timer)
  }
}

/** Passes up to `maxBytes` through, reports each chunk's size to `onBytes`, and throws on more. */
function limitBytes(maxBytes: number, onBytes: (count: number) => void) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let sizeBytes = 0
    for await (const chunk of chunks) {
      sizeBytes += chunk.length
      onBytes(chunk.length)
      if (sizeBytes > maxBytes) throw new Error(`the signature server sent more than the ${maxBytes} bytes that the catalogue lists`)
      yield chunk
    }
  }
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'].includes(systemCodeOf(error) ?? '')
}
