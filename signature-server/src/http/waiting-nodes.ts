import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { SECOND_MS } from '@guardimesh/contracts'

/** Maximum number of waiting requests, each of which holds a connection. */
const MAX_WAITING = 5000
/** Responses to a change are spread over this time, because each node starts a download afterwards. */
const SPREAD_MS = 0.7 * SECOND_MS

/** A request that is answered after a change or a timeout. */
export interface WaitingRequest {
  readonly response: ServerResponse
  readonly waitMs: number
  /** True when the response would differ from what the client has. */
  readonly isChanged: () => boolean
  /** Sends the current response. */
  readonly answer: () => void
}

/** Requests that wait for a change. Each uses one connection and one timer. */
export class WaitingNodes {
  readonly #waiting = new Map<WaitingRequest, NodeJS.Timeout>()
  /** Connections of the waiting requests. */
  readonly #sockets = new Set<Socket>()
  #isClosing = false

  /** Number of waiting requests. */
  get count(): number {
    return this.#waiting.size
  }

  /** @returns false when the caller must answer immediately: limit reached, another request of the connection waits, or shutdown. */
  add(waiting: WaitingRequest): boolean {
    const { response, waitMs } = waiting
    const { socket } = response.req
    // One per connection: pipelined requests of one client could use up the limit.
    if (this.#isClosing || this.#waiting.size >= MAX_WAITING || this.#sockets.has(socket)) return false
    this.#sockets.add(socket)
    this.#waiting.set(
      waiting,
      setTimeout(() => this.#answer(waiting), waitMs),
    )
    // No idle timeout while waiting; a dead connection is detected when the wait time ends.
    response.socket?.setTimeout(0)
    response.once('close', () => this.#forget(waiting))
    return true
  }

  /** Answers all requests whose response has changed. */
  notifyChanged(): void {
    for (const [waiting, timer] of this.#waiting) {
      if (!waiting.isChanged()) continue
      clearTimeout(timer)
      this.#waiting.set(
        waiting,
        setTimeout(() => this.#answer(waiting), Math.random() * SPREAD_MS),
      )
    }
  }

  /** Answers all requests immediately, for shutdown. */
  close(): void {
    this.#isClosing = true
    for (const waiting of [...this.#waiting.keys()]) {
      waiting.response.setHeader('connection', 'close')
      this.#answer(waiting)
    }
  }

  #answer(waiting: WaitingRequest): void {
    this.#forget(waiting)
    waiting.answer()
  }

  #forget(waiting: WaitingRequest): void {
    clearTimeout(this.#waiting.get(waiting))
    this.#waiting.delete(waiting)
    this.#sockets.delete(waiting.response.req.socket)
  }
}
