import { MINUTE_MS } from '@guardimesh/contracts/units'

/** Longer than clamd needs to restart with the largest databases. */
const WAIT_MAX_MS = 5 * MINUTE_MS

/** The time that the scan of one container waits for ClamAV in total, so that it ends although ClamAV never answers again. */
export class WaitBudget {
  #leftMs = WAIT_MAX_MS
  #waiting: Promise<void> | undefined

  get isUsedUp(): boolean {
    return this.#leftMs <= 0
  }

  /** Waits within the budget. Concurrent calls share one wait. @throws the signal's reason when it is aborted. */
  async run(wait: (until: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    this.#waiting ??= this.#runOnce(wait, signal).finally(() => {
      this.#waiting = undefined
    })
    await this.#waiting
    signal.throwIfAborted()
  }

  async #runOnce(wait: (until: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const startedAtMs = performance.now()
    await wait(AbortSignal.any([signal, AbortSignal.timeout(this.#leftMs)]))
    // At least a millisecond, so that an engine that fails after each wait uses up the budget as well.
    this.#leftMs -= Math.max(1, Math.ceil(performance.now() - startedAtMs))
  }
}
