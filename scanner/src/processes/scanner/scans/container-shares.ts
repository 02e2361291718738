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

  /** @param maxActive tasks of one container that may run at a time. */
  constructor(maxActive: () => number) {
    this.#maxActive = maxActive
  }

  /** Returns the number of running and waiting tasks of a container. */
  countOf(containerId: string): number {
    const share = this.#shares.get(containerId)
    return share ? share.active + share.waiting.length : 0
  }

  /** Runs a task when its container has a free slot. @throws the errors of the task. */
  async run<Result>(containerId: string, task: () => Promise<Result>): Promise<Result> {
    const share = this.#shares.get(containerId) ?? { active: 0, waiting: [] }
    this.#shares.set(containerId, share)
    // A woken task inherits the slot of the one that ended, so no other task can claim it in between.
    if (share.active >= this.#maxActive()) await new Promise<void>((resolve) => share.waiting.push(resolve))
    else share.active += 1
    try {
      return await task()
    } finally {
      const next = share.waiting.shift()
      if (next) next()
      else share.active -= 1
      if (share.active === 0) this.#shares.delete(containerId)
    }
  }
}
