import type { IncomingMessage, ServerResponse } from 'node:http'
import { KIB_BYTES } from '@guardimesh/contracts'
import { GuardError, systemCodeOf } from '@guardimesh/kit'
import type { Gauge } from 'prom-client'
import { ChunkPool } from './chunk-pool.js'
import { sendText } from './responses.js'
import { type ServedFile, sendFile } from './send-file.js'

const RETRY_AFTER_SECONDS = 2
/** Large enough for the throughput of a fast network; each download holds two chunks. */
const CHUNK_BYTES = 256 * KIB_BYTES
/** Keeps 16 MiB for the next downloads. */
const MAX_FREE_CHUNKS = 64

/** Sends files and limits concurrent downloads, each of which needs a descriptor and buffers. Excess requests get 503 with Retry-After. */
export class DownloadLimiter {
  readonly #maxCount: number
  readonly #gauge: Gauge
  readonly #pool = new ChunkPool(CHUNK_BYTES, MAX_FREE_CHUNKS)
  #count = 0

  constructor(maxCount: number, gauge: Gauge) {
    this.#maxCount = maxCount
    this.#gauge = gauge
  }

  /** @throws GuardError ROUTE_NOT_FOUND when the generation was removed in the meantime. */
  async send(request: IncomingMessage, response: ServerResponse, file: ServedFile): Promise<void> {
    if (this.#count >= this.#maxCount) {
      response.setHeader('retry-after', RETRY_AFTER_SECONDS)
      return sendText(response, 503, 'too many concurrent downloads; retry later\n')
    }
    this.#gauge.set(++this.#count)
    try {
      await sendFile(request, response, file, this.#pool)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error
      throw new GuardError('ROUTE_NOT_FOUND', 'the generation with this file was removed; request the catalogue again')
    } finally {
      this.#gauge.set(--this.#count)
    }
  }
}
