import type { IngestReceipt } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { asDatabaseError, isRefusedValue } from '../../platform/database/database-errors.js'
import { countRows, type Waiter, WriteQueue, type WriteRequest } from './write-queue.js'

/** Stores a group of requests in one transaction. @returns a receipt per request, in order, after the commit. */
export type StoreGroup = (group: readonly WriteRequest[]) => Promise<readonly IngestReceipt[]>

/** Maximum queued rows of results, findings and coverage, about one second of work. Beyond it, requests are rejected with INGEST_OVERLOADED. */
export const QUEUED_ROWS_MAX = 50_000
/** Maximum queued sightings; nodes can delay them. */
const QUEUED_SIGHTINGS_MAX = 20_000
/** Concurrent transactions: while one waits for the disk, the other sends. */
export const WRITERS = 2
/** Maximum writers for requests with only sightings; the other writer is always available for findings. */
const SIGHTING_WRITERS = 1

/**
 * Group commit without a timer. An idle writer stores a request immediately; requests that arrive meanwhile are stored together in the next
 * transaction. A single finding has low latency, and many requests share the cost of a commit. Requests with only sightings have their own
 * queue.
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
   * Resolves after the commit that contains the request.
   *
   * @throws GuardError INGEST_OVERLOADED (queue full), DATABASE_UNAVAILABLE (may be stored: send again), RESULT_INVALID (the database rejects
   * a value; other requests are stored).
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
      background(this.#log, 'ingest sighting writer', this.#writeNextSightings())
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
        // One request contains a value that the database rejects; stored separately, only that one fails.
        for (const waiter of group) await this.#write([waiter])
        return
      }
      const cause = isRefusedValue(error) ? refusedValue(error) : asDatabaseError(error)
      for (const waiter of group) waiter.reject(cause)
    }
  }
}

function refusedValue(error: unknown): GuardError {
  return new GuardError('RESULT_INVALID', 'the database rejected a value in the request', {}, { cause: error })
}

function missingReceipt(): never {
  throw new Error('a group was stored without a receipt for each request')
}
