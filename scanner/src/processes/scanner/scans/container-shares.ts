interface Share {
  active: number
  readonly waiting: (() => void)[]
}

/**
 * Bounds the tasks of each container that run at a time; further ones wait here instead of in the engines' queue. A container that writes
 * more than the engines can scan thus delays only itself, not its neighbours.
 */
export class ContainerShares {
  readonly #maxActive: () => number
  readonly #shares = new Map<string, Share>()
  #total = 0

  /** @param maxActive tasks of one container that may run at a time. */
  constructor(maxActive: () => number) {
    this.#maxActive = maxActive
  }

  /** Number of running and waiting tasks of all containers. */
  get total(): number {
    return this.#total
  }

  /**
   * Whether a container may have one more task. It gets at most twice as many places as it leaves free, so that any number of containers that
   * flood never use up those of the others.
   */
  hasPlace(containerId: string, places: number): boolean {
    const share = this.#shares.get(containerId)
    return !share || share.active + share.waiting.length < 2 * (places - this.#total)
  }

  /** Runs a task when its container has a free slot. @throws the errors of the task. */
  async run<Result>(containerId: string, task: () => Promise<Result>): Promise<Result> {
    const share = this.#shares.get(containerId) ?? { active: 0, waiting: [] }
    this.#shares.set(containerId, share)
    this.#total += 1
    // A woken task inherits the slot of the one that ended, so no other task can claim it in between.
    if (share.active >= this.#maxActive()) await new Promise<void>((resolve) => share.waiting.push(resolve))
    else share.active += 1
    try {
      return await task()
    } finally {
      this.#total -= 1
      const next = share.waiting.shift()
      if (next) next()
      else share.active -= 1
      if (share.active === 0) this.#shares.delete(containerId)
    }
  }
}
