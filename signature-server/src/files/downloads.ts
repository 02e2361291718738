import type { IncomingMessage, ServerResponse } from 'node:http'
import { KIB_BYTES } from '@guardimesh/contracts'
import { GuardError, systemCodeOf } from '@guardimesh/kit'
import type { Gauge } from 'prom-client'
import { sendText } from './answers.js'
import { ChunkPool } from './chunk-pool.js'
import { type ServedFile, sendFile } from './send-file.js'

const RETRY_AFTER_SECONDS = 2
/** Few enough turns for the throughput of a fast network; each download holds two of them. */
const CHUNK_BYTES = 256 * KIB_BYTES
/** 16 MiB are kept for the next downloads. */
const MAX_FREE_CHUNKS = 64

/** Sends files, so many at a time: each has a descriptor and its buffers. Who comes after is told when to come again. */
export class Downloads {
  readonly #maxCount: number
  readonly #gauge: Gauge
  readonly #pool = new ChunkPool(CHUNK_BYTES, MAX_FREE_CHUNKS)
  #count = 0

  constructor(maxCount: number, gauge: Gauge) {
    this.#maxCount = maxCount
    this.#gauge = gauge
  }

  /** @throws GuardError ROUTE_NOT_FOUND when the file was just dropped. */
  async send(request: IncomingMessage, response: ServerResponse, file: ServedFile): Promise<void> {
    if (this.#count >= this.#maxCount) {
      response.setHeader('retry-after', RETRY_AFTER_SECONDS)
      return sendText(response, 503, 'as many files are being sent as can be at a time; come again\n')
    }
    this.#gauge.set(++this.#count)
    try {
      await sendFile(request, response, file, this.#pool)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error
      throw new GuardError('ROUTE_NOT_FOUND', 'the generation with this file was just dropped; ask for the catalogue again')
    } finally {
      this.#gauge.set(--this.#count)
    }
  }
}
