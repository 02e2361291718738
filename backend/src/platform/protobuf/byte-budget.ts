import { GuardError } from '@guardimesh/kit'

/** Seconds after which a client that was turned away may try again. */
const RETRY_AFTER_SECONDS = 1

/** A part of a budget that one request holds. */
export interface BudgetLease {
  /** Changes how much is held. @throws GuardError INGEST_OVERLOADED when more is asked for than is left; what was held before stays held. */
  resize(bytes: number): void
  /** Gives everything back. Safe to call again. */
  release(): void
}

/** Bounds the memory that all requests being taken in hold together. Who does not fit is told to come back, never queued. */
export class ByteBudget {
  readonly limitBytes: number
  #usedBytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** @throws GuardError INGEST_OVERLOADED when `bytes` are not left. */
  reserve(bytes: number): BudgetLease {
    let heldBytes = 0
    const resize = (toBytes: number) => {
      if (toBytes > heldBytes && this.#usedBytes - heldBytes + toBytes > this.limitBytes)
        throw new GuardError('INGEST_OVERLOADED', 'more is being sent than can be stored; send again a little later', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        })
      this.#usedBytes += toBytes - heldBytes
      heldBytes = toBytes
    }
    resize(bytes)
    return { resize, release: () => resize(0) }
  }
}
