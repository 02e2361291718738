import { randomInt } from 'node:crypto'
import { Readable } from 'node:stream'
import type { StreamEvent } from '@guardimesh/contracts'

/** Maximum size of unread events for one client: about 400 findings. */
const BUFFER_MAX_BYTES = 256 * 1024
/** Delay before a browser reconnects. */
const RECONNECT_MS = 1000
const RECONNECT_SPREAD_MS = 2000

/** Formats an event as Server-Sent Events text. Pure. */
export function formatEvent(event: StreamEvent): string {
  if (!('data' in event)) return `event: ${event.name}\ndata:\n\n`
  const id = event.name === 'finding' ? event.data.findingId : `incident-${event.data.incidentId}`
  return `event: ${event.name}\nid: ${id}\ndata: ${JSON.stringify(event.data)}\n\n`
}

/** One client of the event stream, with a bounded buffer. */
export class EventClient {
  /** Response body; destroyed when the client disconnects. */
  readonly body: Readable
  readonly #accepts: (event: StreamEvent) => boolean
  readonly #onResync: () => void
  /** Events were dropped; a `resync` follows once the client has read its buffer. */
  #isBehind = false

  /**
   * @param accepts  selects the events for this client.
   * @param onResync called whenever a `resync` is sent.
   */
  constructor(accepts: (event: StreamEvent) => boolean, onResync: () => void) {
    this.#accepts = accepts
    this.#onResync = onResync
    this.body = new Readable({ read: () => this.#catchUp(), highWaterMark: BUFFER_MAX_BYTES })
    // With an id, a browser sends Last-Event-ID when it reconnects, even if no event arrived before.
    this.body.push(`retry: ${RECONNECT_MS}\nid: start\n\n`)
  }

  /** Sends an event if the client wants it. @param text the event as `formatEvent` returns it. */
  send(event: StreamEvent, text: string): void {
    if (!this.#accepts(event)) return
    if (this.#isBehind || this.#isFull) this.#isBehind = true
    else this.#push(text)
  }

  /** Requests that the client reads everything again. */
  resync(): void {
    if (this.#isFull) this.#isBehind = true
    else this.#sendResync()
  }

  /** Keeps proxies from closing an idle connection, and detects clients that are gone. */
  heartbeat(): void {
    if (!this.#isFull) this.#push(':\n\n')
  }

  /** Ends the stream. The random delay keeps all clients from reconnecting to another server at the same moment. */
  end(): void {
    this.#push(`retry: ${RECONNECT_MS + randomInt(RECONNECT_SPREAD_MS)}\n\n`)
    if (!this.body.destroyed) this.body.push(null)
  }

  get #isFull(): boolean {
    return this.body.readableLength >= BUFFER_MAX_BYTES
  }

  /** Node calls `read` again only after a push, so a pending `resync` must be pushed here. */
  #catchUp(): void {
    if (this.#isBehind) this.#sendResync()
  }

  #sendResync(): void {
    this.#isBehind = false
    this.#onResync()
    this.#push(formatEvent({ name: 'resync' }))
  }

  #push(text: string): void {
    if (!this.body.destroyed && !this.body.readableEnded) this.body.push(text)
  }
}
