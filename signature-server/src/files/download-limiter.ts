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

/** Maximum share of the downloads that one address uses. Clients behind a proxy have one address. */
const ADDRESS_SHARE = 0.75

/**
 * Sends files and limits concurrent downloads, each of which needs a descriptor and buffers, in total and by client address, so that one slow
 * client cannot occupy all of them. Excess requests get 503 with Retry-After.
 */
export class DownloadLimiter {
  readonly #maxCount: number
  readonly #gauge: Gauge
  readonly #pool = new ChunkPool(CHUNK_BYTES, MAX_FREE_CHUNKS)
  readonly #byAddress = new Map<string, number>()
  readonly #maxPerAddress: number
  #count = 0

  constructor(maxCount: number, gauge: Gauge) {
    this.#maxCount = maxCount
    this.#maxPerAddress = Math.max(1, Math.floor(maxCount * ADDRESS_SHARE))
    this.#gauge = gauge
  }

  /** @throws GuardError ROUTE_NOT_FOUND when the generation was removed in the meantime. */
  async send(request: IncomingMessage, response: ServerResponse, file: ServedFile): Promise<void> {
    const address = request.socket.remoteAddress ?? ''
    if (this.#count >= this.#maxCount || (this.#byAddress.get(address) ?? 0) >= this.#maxPerAddress) {
      response.setHeader('retry-after', RETRY_AFTER_SECONDS)
      return sendText(response, 503, 'too many concurrent downloads; retry later\n')
    }
    this.#change(address, 1)
    try {
      await sendFile(request, response, file, this.#pool)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error
      throw new GuardError('ROUTE_NOT_FOUND', 'the generation with this file was removed; request the catalogue again')
    } finally {
      this.#change(address, -1)
    }
  }

  #change(address: string, difference: 1 | -1): void {
    this.#count += difference
    this.#gauge.set(this.#count)
    const count = (this.#byAddress.get(address) ?? 0) + difference
    if (count === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, count)
  }
}
