import { randomInt } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FindingFilters, FindingSummary } from '@guardimesh/contracts'
import { matchesFilters } from './matches-filters.js'

/** What may wait for one slow reader: about 400 findings. */
const BUFFER_MAX_BYTES = 256 * 1024
/** How long a browser waits before it connects again. */
const RECONNECT_MS = 1000
const RECONNECT_SPREAD_MS = 2000

/** One reader of the stream: Server-Sent Events in a bounded buffer. */
export class StreamClient {
  /** What is sent to the reader; destroyed when the reader leaves. */
  readonly body: Readable
  readonly #filters: FindingFilters
  readonly #onResync: () => void
  /** Findings were left out; the reader is told as soon as it has read what waits. */
  #isBehind = false

  /** @param onResync called each time that the reader is told to read the list again. */
  constructor(filters: FindingFilters, onResync: () => void) {
    this.#filters = filters
    this.#onResync = onResync
    this.body = new Readable({ read: () => this.#catchUp(), highWaterMark: BUFFER_MAX_BYTES })
    // The id makes a browser that connects again say so (Last-Event-ID), even when no finding came meanwhile.
    this.body.push(`retry: ${RECONNECT_MS}\nid: start\n\n`)
  }

  /** Sends a finding when it passes the reader's filters. */
  offer(finding: FindingSummary): void {
    if (!matchesFilters(finding, this.#filters)) return
    if (this.#isBehind || this.body.readableLength >= BUFFER_MAX_BYTES) this.#isBehind = true
    else this.#push(`event: finding\nid: ${finding.findingId}\ndata: ${JSON.stringify(finding)}\n\n`)
  }

  /** Tells the reader to read the list again. */
  resync(): void {
    if (this.body.readableLength >= BUFFER_MAX_BYTES) this.#isBehind = true
    else this.#sendResync()
  }

  /** Says that something about signatures changed. Who reads too slowly is not told: the page that shows them asks now and then by itself. */
  signaturesChanged(): void {
    if (this.body.readableLength < BUFFER_MAX_BYTES) this.#push('event: signatures\ndata:\n\n')
  }

  /** Keeps proxies from closing a quiet connection, and notices readers that are gone. */
  heartbeat(): void {
    if (this.body.readableLength < BUFFER_MAX_BYTES) this.#push(':\n\n')
  }

  /** Ends the stream: the reader shall come back to another server, and not with all others at the same moment. */
  end(): void {
    this.#push(`retry: ${RECONNECT_MS + randomInt(RECONNECT_SPREAD_MS)}\n\n`)
    if (!this.body.destroyed) this.body.push(null)
  }

  /** Asked for more, it must give something when there is something: nobody asks again before. What is asked for is read first, so the buffer stays bounded. */
  #catchUp(): void {
    if (this.#isBehind) this.#sendResync()
  }

  #sendResync(): void {
    this.#isBehind = false
    this.#onResync()
    this.#push('event: resync\ndata:\n\n')
  }

  #push(text: string): void {
    if (!this.body.destroyed && !this.body.readableEnded) this.body.push(text)
  }
}
