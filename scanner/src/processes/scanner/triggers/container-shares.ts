interface Share {
  active: number
  readonly waiting: (() => void)[]
}

/**
 * Gives every container its share of the engines: a few pieces of work at a time, the rest waits here, in nobody's way. So a container that writes
 * more than the engines can look at makes itself wait, and not its neighbours.
 */
export class ContainerShares {
  readonly #places: () => number
  readonly #shares = new Map<string, Share>()

  /** @param places how much of one container may be under way at a time. */
  constructor(places: () => number) {
    this.#places = places
  }

  /** Work of a container that is under way or waits. */
  countOf(containerId: string): number {
    const share = this.#shares.get(containerId)
    return share ? share.active + share.waiting.length : 0
  }

  /** Does a piece of work when it is its container's turn. @throws what the work throws. */
  async run<Result>(containerId: string, work: () => Promise<Result>): Promise<Result> {
    const share = this.#shares.get(containerId) ?? { active: 0, waiting: [] }
    this.#shares.set(containerId, share)
    // Who is woken up takes the place of who left: nobody can come in between.
    if (share.active >= this.#places()) await new Promise<void>((resolve) => share.waiting.push(resolve))
    else share.active += 1
    try {
      return await work()
    } finally {
      const next = share.waiting.shift()
      if (next) next()
      else share.active -= 1
      if (share.active === 0) this.#shares.delete(containerId)
    }
  }
}
