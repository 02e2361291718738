/** Lets one waiter sleep until something happened or a time is over. What happens before it sleeps counts. */
export class WakeUp {
  #happened = false
  #wake: (() => void) | undefined

  /** Something happened. */
  notify(): void {
    this.#happened = true
    this.#wake?.()
  }

  /** Waits; at once when it rang since the last wait. Ends early, without an error, when the signal is aborted. */
  async wait(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (!this.#happened && !signal.aborted) await this.#sleep(signal, timeoutMs)
    this.#happened = false
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
