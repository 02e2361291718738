import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { SECOND_MS } from '@guardimesh/contracts'

/** Who waits holds a connection. */
const MAX_WAITING = 5000
/** A publication is answered within this time, not to all in the same moment: they all come back with a download. */
const SPREAD_MS = 0.7 * SECOND_MS

/** A request that is answered when there is something else to say, or its time is over. */
export interface Waiting {
  readonly response: ServerResponse
  readonly waitMs: number
  /** True once the answer would be another one than what the client has. */
  readonly isChanged: () => boolean
  /** Answers with what there is then. */
  readonly answer: () => void
}

/** Requests that wait for a change. Each costs its connection and one timer that is set once. */
export class WaitingNodes {
  readonly #waiting = new Map<Waiting, NodeJS.Timeout>()
  /** Their connections. */
  readonly #sockets = new Set<Socket>()
  #isClosing = false

  /** Requests that wait. */
  get count(): number {
    return this.#waiting.size
  }

  /** @returns false when too many wait, one of the same connection waits, or the process stops: answer at once then. */
  add(waiting: Waiting): boolean {
    const { response, waitMs } = waiting
    const { socket } = response.req
    // Whoever sends several requests at once on one connection would take the places of all others.
    if (this.#isClosing || this.#waiting.size >= MAX_WAITING || this.#sockets.has(socket)) return false
    this.#sockets.add(socket)
    this.#waiting.set(
      waiting,
      setTimeout(() => this.#answer(waiting), waitMs),
    )
    // Nothing is sent meanwhile; a client that is gone for good is noticed at the end of its time.
    response.socket?.setTimeout(0)
    response.once('close', () => this.#forget(waiting))
    return true
  }

  /** Answers those for whom something has changed. */
  changed(): void {
    for (const [waiting, timer] of this.#waiting) {
      if (!waiting.isChanged()) continue
      clearTimeout(timer)
      this.#waiting.set(
        waiting,
        setTimeout(() => this.#answer(waiting), Math.random() * SPREAD_MS),
      )
    }
  }

  /** Answers everybody at once: the process stops. */
  close(): void {
    this.#isClosing = true
    for (const waiting of [...this.#waiting.keys()]) {
      waiting.response.setHeader('connection', 'close')
      this.#answer(waiting)
    }
  }

  #answer(waiting: Waiting): void {
    this.#forget(waiting)
    waiting.answer()
  }

  #forget(waiting: Waiting): void {
    clearTimeout(this.#waiting.get(waiting))
    this.#waiting.delete(waiting)
    this.#sockets.delete(waiting.response.req.socket)
  }
}
