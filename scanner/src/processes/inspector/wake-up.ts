/** Lets one task wait for a notification or a timeout. Notifications before the wait are not lost. */
export class WakeUp {
  #isNotified = false
  #wake: (() => void) | undefined

  notify(): void {
    this.#isNotified = true
    this.#wake?.()
  }

  /** Waits for a notification; returns immediately if there was one since the last wait. Returns early when the signal is aborted. */
  async wait(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (!this.#isNotified && !signal.aborted) await this.#sleep(signal, timeoutMs)
    this.#isNotified = false
  }

  #sleep(signal: AbortSignal, timeoutMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        this.#wake = undefined
        resolve()
      }
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs)
      signal.addEventListener('abort', wake, { once: true })
      this.#wake = wake
    })
  }
}
