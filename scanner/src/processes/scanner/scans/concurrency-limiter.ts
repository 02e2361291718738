/** Runs a bounded number of tasks at a time. The first failure is thrown by `finish`, after all tasks have ended. */
export class ConcurrencyLimiter {
  readonly #max: () => number
  #active = 0
  #failure: { readonly error: unknown } | undefined
  #onEnded: (() => void) | undefined

  /** @param max is read before each task, so that a changed setting applies at once. */
  constructor(max: () => number) {
    this.#max = max
  }

  /** Starts a task, and waits until another one may start. For one caller at a time. */
  async start(task: () => Promise<void>): Promise<void> {
    this.#active += 1
    void this.#run(task)
    while (this.#active >= this.#max()) await this.#nextEnd()
  }

  /** Waits until all tasks have ended, successfully or not. */
  async settled(): Promise<void> {
    while (this.#active > 0) await this.#nextEnd()
  }

  /** Waits until all tasks have ended. @throws the first failure. */
  async finish(): Promise<void> {
    await this.settled()
    if (this.#failure) throw this.#failure.error
  }

  async #run(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      this.#failure ??= { error }
    } finally {
      this.#active -= 1
      this.#onEnded?.()
    }
  }

  #nextEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnded = resolve
    })
  }
}
