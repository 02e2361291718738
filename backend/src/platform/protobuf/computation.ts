import { setImmediate } from 'node:timers/promises'
import type { Steps } from '@guardimesh/contracts'

/** A computation yields to the event loop after this time. */
const SLICE_MS = 5
/** Concurrent computations of large bodies: one is decompressed in the thread pool while another is decoded. */
const LARGE_MAX = 2

/** A long computation of a request, which yields to others. */
export interface Computation {
  /** Yields if the computation has used its slice. */
  pause(): Promise<void>
  /** Runs all steps, with pauses. */
  run<Value>(steps: Steps<Value>): Promise<Value>
}

/**
 * Divides the main thread between requests: one slice of computation for each iteration of the event loop, in turn, so that probes, logins and
 * database connections remain responsive under load. Large bodies wait for each other, small ones do not wait for them.
 */
export class Computations {
  #turn: Promise<unknown> = Promise.resolve()
  #running = 0
  readonly #waiting: (() => void)[] = []

  /** Waits for a slice. */
  async start(): Promise<Computation> {
    await this.#nextTurn()
    let endsAtMs = performance.now() + SLICE_MS
    const pause = async () => {
      if (performance.now() < endsAtMs) return
      await this.#nextTurn()
      endsAtMs = performance.now() + SLICE_MS
    }
    const run = async <Value>(steps: Steps<Value>) => {
      for (;;) {
        const { done, value } = steps.next()
        if (done) return value
        await pause()
      }
    }
    return { pause, run }
  }

  /** Runs the computation of a large body. Their number is limited by the memory of the bodies, so the queue is unbounded. */
  async runLarge<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= LARGE_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The place passes directly to the next body.
      if (next) next()
      else this.#running--
    }
  }

  #nextTurn(): Promise<unknown> {
    const turn = this.#turn
    this.#turn = turn.then(() => setImmediate())
    return turn
  }
}
