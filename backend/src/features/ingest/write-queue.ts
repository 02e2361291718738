import type { GapMessage, IngestReceipt } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { EncodedResult } from './encode-results.js'
import type { EncodedSightings } from './encode-sightings.js'

/** What one request wants stored. */
export interface WriteRequest {
  readonly results: readonly EncodedResult[]
  readonly gaps: readonly GapMessage[]
  readonly sightings: EncodedSightings
}

/** A request that waits for its transaction. */
export interface Waiter {
  readonly request: WriteRequest
  readonly rows: number
  readonly resolve: (receipt: IngestReceipt) => void
  readonly reject: (error: unknown) => void
}

/** Rows of one transaction at most, so that its waiters do not wait long. */
const GROUP_ROWS_MAX = 8_000

/** Requests that wait, in their order, bounded by their rows. */
export class WriteQueue {
  readonly #maxRows: number
  readonly #waiters: Waiter[] = []
  #rows = 0

  /** @param maxRows that wait at most; a request alone is taken whatever it has. */
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
      throw new GuardError('INGEST_OVERLOADED', 'more arrives than can be stored; send again a little later', { retryAfterSeconds: 1 })
    this.#waiters.push(waiter)
    this.#rows += waiter.rows
  }

  /** Takes what is stored together: the oldest, as far as one transaction reaches. */
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

/** Rows that a request writes. Pure. */
export function countRows({ results, gaps, sightings }: WriteRequest): number {
  return results.reduce((sum, result) => sum + 1 + result.findingIds.length + result.coverage.length, gaps.length + sightings.count)
}
