import { sleep } from '@guardimesh/kit'

/** Triggers a pull on SIGHUP. A signal that arrives during a pull triggers one more. */
export class SighupTrigger implements Disposable {
  #isPending = false
  #wake: (() => void) | undefined
  readonly #onSignal = () => {
    this.#isPending = true
    this.#wake?.()
  }

  constructor() {
    process.on('SIGHUP', this.#onSignal)
  }

  /** Waits for SIGHUP, for at most `timeoutMs`. Returns immediately when a signal is pending, and early when `signal` is aborted. */
  async waitForSignal(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#isPending) await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
    this.#isPending = false
    this.#wake = undefined
  }

  [Symbol.dispose](): void {
    process.off('SIGHUP', this.#onSignal)
  }
}
