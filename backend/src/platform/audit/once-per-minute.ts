import { MINUTE_MS } from '@guardimesh/contracts'

/** Maximum remembered events; with more, some are not reported. */
const EVENTS_MAX = 1_000

/** Selects one of equal events per minute, so that a client cannot fill the audit log. */
export class OncePerMinute {
  readonly #reportedAtMs = new Map<string, number>()

  /** True if the event is the first one of its kind within a minute. */
  isFirst(event: string): boolean {
    const nowMs = performance.now()
    // The oldest events come first.
    for (const [known, atMs] of this.#reportedAtMs) {
      if (nowMs - atMs < MINUTE_MS) break
      this.#reportedAtMs.delete(known)
    }
    if (this.#reportedAtMs.has(event) || this.#reportedAtMs.size >= EVENTS_MAX) return false
    this.#reportedAtMs.set(event, nowMs)
    return true
  }
}
