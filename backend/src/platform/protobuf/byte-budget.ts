import { GuardError } from '@guardimesh/kit'

/** Seconds after which a rejected client may retry. */
const RETRY_AFTER_SECONDS = 1

/** The part of a budget that one request holds. */
export interface BudgetLease {
  /** Changes the size. @throws GuardError INGEST_OVERLOADED if the budget is exceeded; the size does not change then. */
  resize(bytes: number): void
  /** Releases the lease. Idempotent. */
  release(): void
}

/** Limits the memory of all requests in progress. Requests that exceed it are rejected, not queued. */
export class ByteBudget {
  readonly limitBytes: number
  #usedBytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Reserves memory. @throws GuardError INGEST_OVERLOADED if the budget is exceeded. */
  reserve(bytes: number): BudgetLease {
    let heldBytes = 0
    const resize = (toBytes: number) => {
      if (toBytes > heldBytes && this.#usedBytes - heldBytes + toBytes > this.limitBytes)
        throw new GuardError('INGEST_OVERLOADED', 'the memory limit of requests in progress is reached; retry later', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        })
      this.#usedBytes += toBytes - heldBytes
      heldBytes = toBytes
    }
    resize(bytes)
    return { resize, release: () => resize(0) }
  }
}
