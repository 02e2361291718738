import { sleep } from '@guardimesh/kit'

/** SIGHUP asks for a pull now; one that comes during a pull asks for one more. */
export class SighupTrigger implements Disposable {
  #isAsked = false
  #wake: (() => void) | undefined
  readonly #onSignal = () => {
    this.#isAsked = true
    this.#wake?.()
  }

  constructor() {
    process.on('SIGHUP', this.#onSignal)
  }

  async waitForSignal(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#isAsked) await sleep(ms, AbortSignal.any([signal, woken.signal]))
    this.#isAsked = false
    this.#wake = undefined
  }

  [Symbol.dispose](): void {
    process.off('SIGHUP', this.#onSignal)
  }
}
