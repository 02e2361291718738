/** Work of which no more than so much goes on at the same time. Its first failure is told at the end, when all of it has ended. */
export class WorkInParallel {
  readonly #max: () => number
  #underWay = 0
  #failure: { readonly error: unknown } | undefined
  #onEnded: (() => void) | undefined

  /** @param max how much; asked each time, so that a changed setting holds at once. */
  constructor(max: () => number) {
    this.#max = max
  }

  /** Starts work, and waits until there is room for more. One caller at a time. */
  async start(work: () => Promise<void>): Promise<void> {
    this.#underWay += 1
    void this.#run(work)
    while (this.#underWay >= this.#max()) await this.#ended()
  }

  /** Waits until all has ended, well or not. */
  async settled(): Promise<void> {
    while (this.#underWay > 0) await this.#ended()
  }

  /** Waits until all has ended. @throws what failed first. */
  async end(): Promise<void> {
    await this.settled()
    if (this.#failure) throw this.#failure.error
  }

  async #run(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#failure ??= { error }
    } finally {
      this.#underWay -= 1
      this.#onEnded?.()
    }
  }

  #ended(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnded = resolve
    })
  }
}
