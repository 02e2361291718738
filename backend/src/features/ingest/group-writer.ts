import type { GapMessage, IngestReceipt } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { asDatabaseError, isRefusedValue } from '../../platform/database/database-errors.js'
import type { EncodedResult } from './encode-results.js'

/** What one request wants stored. */
export interface WriteRequest {
  readonly results: readonly EncodedResult[]
  readonly gaps: readonly GapMessage[]
}

/** Stores a group of requests in one transaction. @returns one receipt for each, in order, after the commit. */
export type StoreGroup = (group: readonly WriteRequest[]) => Promise<readonly IngestReceipt[]>

/** Rows that wait at most, results, findings and coverage together; beyond, senders are told to come back. About a second of work. */
export const QUEUED_ROWS_MAX = 50_000
/** Rows of one transaction at most, so that its waiters do not wait long. */
const GROUP_ROWS_MAX = 8_000
/** Transactions at the same time: while one waits for the disk, the other sends. */
export const WRITERS = 2

interface Waiter {
  readonly request: WriteRequest
  readonly rows: number
  readonly resolve: (receipt: IngestReceipt) => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit. A request that meets an idle writer is stored at once; those that arrive meanwhile wait and are stored together in the next
 * transaction. So a single finding is quick, and many share the cost of a commit, without any timer.
 */
export class GroupWriter {
  readonly #store: StoreGroup
  readonly #log: Logger
  readonly #queue: Waiter[] = []
  #queuedRows = 0
  #busyWriters = 0

  constructor(store: StoreGroup, log: Logger) {
    this.#store = store
    this.#log = log
  }

  get queuedRows(): number {
    return this.#queuedRows
  }

  /**
   * Resolves after the commit that holds the request.
   *
   * @throws GuardError INGEST_OVERLOADED (too much waits), DATABASE_UNAVAILABLE (perhaps stored: send again), RESULT_INVALID (the database
   * refuses a value; its neighbours are stored).
   */
  submit(request: WriteRequest): Promise<IngestReceipt> {
    const rows = countRows(request)
    if (this.#queue.length > 0 && this.#queuedRows + rows > QUEUED_ROWS_MAX)
      throw new GuardError('INGEST_OVERLOADED', 'more arrives than can be stored; send again a little later', { retryAfterSeconds: 1 })
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, rows, resolve, reject })
      this.#queuedRows += rows
      this.#startWriters()
    })
  }

  #startWriters(): void {
    while (this.#busyWriters < WRITERS && this.#queue.length > 0) {
      this.#busyWriters++
      background(this.#log, 'ingest writer', this.#writeNext())
    }
  }

  async #writeNext(): Promise<void> {
    try {
      await this.#write(this.#takeGroup())
    } finally {
      this.#busyWriters--
      this.#startWriters()
    }
  }

  #takeGroup(): Waiter[] {
    let rows = 0
    let count = 0
    for (const waiter of this.#queue) {
      if (count > 0 && rows + waiter.rows > GROUP_ROWS_MAX) break
      rows += waiter.rows
      count++
    }
    this.#queuedRows -= rows
    return this.#queue.splice(0, count)
  }

  async #write(group: readonly Waiter[]): Promise<void> {
    try {
      const receipts = await this.#store(group.map(({ request }) => request))
      for (const [index, waiter] of group.entries()) waiter.resolve(receipts[index] ?? missingReceipt())
    } catch (error) {
      if (isRefusedValue(error) && group.length > 1) {
        // One of them carries a value that the database refuses: only that one shall fail.
        for (const waiter of group) await this.#write([waiter])
        return
      }
      const shown = isRefusedValue(error) ? refusedValue(error) : asDatabaseError(error)
      for (const waiter of group) waiter.reject(shown)
    }
  }
}

/** Rows that a request writes. Pure. */
export function countRows(request: WriteRequest): number {
  return request.results.reduce((sum, result) => sum + 1 + result.findingIds.length + result.coverage.length, request.gaps.length)
}

function refusedValue(error: unknown): GuardError {
  return new GuardError('RESULT_INVALID', 'the database refuses a value of this request', {}, { cause: error })
}

function missingReceipt(): never {
  throw new Error('a group was stored without a receipt for each request')
}
