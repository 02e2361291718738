import type { GapMessage, IngestReceipt } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { EncodedResult } from './encode-results.js'
import type { EncodedSightings } from './encode-sightings.js'

/** The rows of one request. */
export interface WriteRequest {
  readonly results: readonly EncodedResult[]
  readonly gaps: readonly GapMessage[]
  readonly sightings: EncodedSightings
}

/** A queued request. */
export interface Waiter {
  readonly request: WriteRequest
  readonly rows: number
  readonly resolve: (receipt: IngestReceipt) => void
  readonly reject: (error: unknown) => void
}

/** Maximum rows per transaction, which limits the latency of its requests. */
const GROUP_ROWS_MAX = 8_000

/** FIFO queue of requests, bounded by rows. */
export class WriteQueue {
  readonly #maxRows: number
  readonly #waiters: Waiter[] = []
  #rows = 0

  /** @param maxRows maximum number of queued rows; an empty queue accepts a request of any size. */
  constructor(maxRows: number) {
    this.#maxRows = maxRows
  }

  get isEmpty(): boolean {
    return this.#waiters.length === 0
  }

  get rows(): number {
    return this.#rows
  }

  /** @throws GuardError INGEST_OVERLOADED. */
  add(waiter: Waiter): void {
    if (!this.isEmpty && this.#rows + waiter.rows > this.#maxRows)
      throw new GuardError('INGEST_OVERLOADED', 'the ingest queue is full; retry later', { retryAfterSeconds: 1 })
    this.#waiters.push(waiter)
    this.#rows += waiter.rows
  }

  /** Removes and returns the oldest requests that fit one transaction. */
  takeGroup(): Waiter[] {
    let rows = 0
    let count = 0
    for (const waiter of this.#waiters) {
      if (count > 0 && rows + waiter.rows > GROUP_ROWS_MAX) break
      rows += waiter.rows
      count++
    }
    this.#rows -= rows
    return this.#waiters.splice(0, count)
  }
}

/** Counts the rows of a request. Pure. */
export function countRows({ results, gaps, sightings }: WriteRequest): number {
  return results.reduce((sum, result) => sum + 1 + result.findingIds.length + result.coverage.length, gaps.length + sightings.count)
}
