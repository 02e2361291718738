import type { IngestReceipt } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { asDatabaseError, isRefusedValue } from '../../platform/database/database-errors.js'
import { countRows, type Waiter, WriteQueue, type WriteRequest } from './write-queue.js'

/** Stores a group of requests in one transaction. @returns one receipt for each, in order, after the commit. */
export type StoreGroup = (group: readonly WriteRequest[]) => Promise<readonly IngestReceipt[]>

/** Rows that wait at most, results, findings and coverage together; beyond, senders are told to come back. About a second of work. */
export const QUEUED_ROWS_MAX = 50_000
/** Sightings that wait at most; they can wait on their nodes. */
const QUEUED_SIGHTINGS_MAX = 20_000
/** Transactions at the same time: while one waits for the disk, the other sends. */
export const WRITERS = 2
/** Of them for requests with nothing but sightings: the other one is always there for findings. */
const SIGHTING_WRITERS = 1

/**
 * Group commit. A request that meets an idle writer is stored at once; those that arrive meanwhile wait and are stored together in the next
 * transaction. So a single finding is quick, and many share the cost of a commit, without any timer. Requests with nothing but sightings wait in
 * a queue of their own, and are stored by a writer that nobody else needs.
 */
export class GroupWriter {
  readonly #store: StoreGroup
  readonly #log: Logger
  readonly #results = new WriteQueue(QUEUED_ROWS_MAX)
  readonly #sightings = new WriteQueue(QUEUED_SIGHTINGS_MAX)
  #busyWriters = 0
  #busyWithSightings = 0

  constructor(store: StoreGroup, log: Logger) {
    this.#store = store
    this.#log = log
  }

  get queuedRows(): number {
    return this.#results.rows + this.#sightings.rows
  }

  /**
   * Resolves after the commit that holds the request.
   *
   * @throws GuardError INGEST_OVERLOADED (too much waits), DATABASE_UNAVAILABLE (perhaps stored: send again), RESULT_INVALID (the database
   * refuses a value; its neighbours are stored).
   */
  submit(request: WriteRequest): Promise<IngestReceipt> {
    const rows = countRows(request)
    const isSightingsOnly = request.sightings.count > 0 && request.sightings.count === rows
    const queue = isSightingsOnly ? this.#sightings : this.#results
    return new Promise((resolve, reject) => {
      queue.add({ request, rows, resolve, reject })
      this.#startWriters()
    })
  }

  #startWriters(): void {
    while (this.#busyWriters < WRITERS && !this.#results.isEmpty) {
      this.#busyWriters++
      background(this.#log, 'ingest writer', this.#writeNext())
    }
    while (this.#busyWriters < WRITERS && this.#busyWithSightings < SIGHTING_WRITERS && !this.#sightings.isEmpty) {
      this.#busyWriters++
      this.#busyWithSightings++
      background(this.#log, 'ingest writer of sightings', this.#writeNextSightings())
    }
  }

  async #writeNext(): Promise<void> {
    try {
      await this.#write(this.#results.takeGroup())
    } finally {
      this.#busyWriters--
      this.#startWriters()
    }
  }

  async #writeNextSightings(): Promise<void> {
    try {
      await this.#write(this.#sightings.takeGroup())
    } finally {
      this.#busyWriters--
      this.#busyWithSightings--
      this.#startWriters()
    }
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

function refusedValue(error: unknown): GuardError {
  return new GuardError('RESULT_INVALID', 'the database refuses a value of this request', {}, { cause: error })
}

function missingReceipt(): never {
  throw new Error('a group was stored without a receipt for each request')
}
