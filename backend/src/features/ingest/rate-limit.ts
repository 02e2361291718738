import { SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

/**
 * So many results in a second, over time. What a request brings is known only once it is decoded, so it is charged afterwards, and those that
 * follow wait until the debt is paid off: a batch that is larger than a second's worth is taken as well, and the average holds.
 */
export class RateLimit {
  readonly #perSecond: number
  /** What may still be taken; never more than a second's worth, below zero when in debt. */
  #left: number
  #atMs: number

  constructor(perSecond: number, nowMs: number = Date.now()) {
    this.#perSecond = perSecond
    this.#left = perSecond
    this.#atMs = nowMs
  }

  /** @throws GuardError INGEST_RATE_LIMITED with `retryAfterSeconds` while in debt. */
  check(nowMs: number = Date.now()): void {
    this.#refill(nowMs)
    if (this.#left > 0) return
    const retryAfterSeconds = Math.max(1, Math.ceil(-this.#left / this.#perSecond))
    throw new GuardError('INGEST_RATE_LIMITED', `this installation takes ${this.#perSecond} results in a second; send again later`, {
      retryAfterSeconds,
    })
  }

  /** Notes results that are taken. */
  charge(results: number): void {
    this.#left -= results
  }

  #refill(nowMs: number): void {
    const elapsedSeconds = Math.max(0, nowMs - this.#atMs) / SECOND_MS
    this.#left = Math.min(this.#perSecond, this.#left + elapsedSeconds * this.#perSecond)
    this.#atMs = nowMs
  }
}
