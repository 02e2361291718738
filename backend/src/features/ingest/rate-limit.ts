import { SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

/**
 * Token bucket for results per second. The number of results is known only after decoding, so requests are charged afterwards and later requests
 * wait until the balance is positive: a batch larger than the bucket is accepted, and the average rate holds.
 */
export class RateLimit {
  readonly #perSecond: number
  /** Balance of results; at most one second's worth, negative after a large batch. */
  #balance: number
  #atMs: number

  constructor(perSecond: number, nowMs: number = Date.now()) {
    this.#perSecond = perSecond
    this.#balance = perSecond
    this.#atMs = nowMs
  }

  /** @throws GuardError INGEST_RATE_LIMITED with `retryAfterSeconds` while the balance is not positive. */
  check(nowMs: number = Date.now()): void {
    this.#refill(nowMs)
    if (this.#balance > 0) return
    const retryAfterSeconds = Math.max(1, Math.ceil(-this.#balance / this.#perSecond))
    throw new GuardError('INGEST_RATE_LIMITED', `the limit of ${this.#perSecond} results per second is exceeded; retry later`, {
      retryAfterSeconds,
    })
  }

  /** Charges accepted results. */
  charge(results: number): void {
    this.#balance -= results
  }

  #refill(nowMs: number): void {
    const elapsedSeconds = Math.max(0, nowMs - this.#atMs) / SECOND_MS
    this.#balance = Math.min(this.#perSecond, this.#balance + elapsedSeconds * this.#perSecond)
    this.#atMs = nowMs
  }
}
