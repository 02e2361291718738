import type { Readable } from 'node:stream'
import { SECOND_MS, type StreamEvent } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common'
import { type OpenAccess, onAccessChange, recheckAccess } from '../auth/access-recheck.js'
import { API_KEYS_CHANNEL } from '../auth/api-key-verifier.js'
import { Authenticator } from '../auth/authenticator.js'
import { InjectLogger } from '../log/logger-token.js'
import { HttpMetrics } from '../metrics/http-metrics.js'
import { PostgresListener } from '../notify/postgres-listener.js'
import { EventClient, formatEvent } from './event-client.js'

/** Maximum number of open streams per process. */
export const STREAM_CLIENTS_MAX = 200
/** Maximum number of open streams of one session or API key: the tabs of one browser. */
export const STREAMS_PER_ACTOR = 10
/** Also the delay until the stream of an expired session ends; an ended session and a revoked key end their streams immediately. */
const HEARTBEAT_INTERVAL_MS = 15 * SECOND_MS

/** A request to open a stream. */
export interface StreamRequest extends OpenAccess {
  /** Selects the events for this client. `resync` is sent in any case. */
  readonly accepts: (event: StreamEvent) => boolean
  /** The client was connected before and may have missed events: the stream starts with a `resync`. */
  readonly isReconnect: boolean
}

interface Member {
  readonly client: EventClient
  readonly actorKey: string
  readonly access: OpenAccess
}

/** Sends events to all connected consoles (Server-Sent Events). Features publish; the hub knows nothing about their events. */
@Injectable()
export class EventHub implements OnModuleInit, BeforeApplicationShutdown {
  readonly #members = new Set<Member>()
  #heartbeat: NodeJS.Timeout | undefined

  constructor(
    private readonly listener: PostgresListener,
    private readonly authenticator: Authenticator,
    private readonly metrics: HttpMetrics,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    onAccessChange(this.listener, () => this.#recheckAll())
    // Notifications of every channel were lost while the connection was down.
    this.listener.subscribe(API_KEYS_CHANNEL, { onMessage: () => undefined, onReconnect: () => this.resync() })
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_INTERVAL_MS).unref()
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#heartbeat)
    for (const { client } of this.#members) client.end()
  }

  /** True when at least one client is connected. */
  get hasClients(): boolean {
    return this.#members.size > 0
  }

  /** @throws GuardError STREAM_LIMIT_REACHED. */
  open({ accepts, identity, actor, isReconnect }: StreamRequest): Readable {
    const actorKey = actor.kind === 'account' ? actor.sessionHash : actor.apiKeyId
    if ([...this.#members].filter((member) => member.actorKey === actorKey).length >= STREAMS_PER_ACTOR)
      throw new GuardError('STREAM_LIMIT_REACHED', `the limit of ${STREAMS_PER_ACTOR} streams of one client is reached; close a stream`, {
        retryAfterSeconds: 10,
      })
    if (this.#members.size >= STREAM_CLIENTS_MAX)
      throw new GuardError('STREAM_LIMIT_REACHED', `the limit of ${STREAM_CLIENTS_MAX} open streams is reached; close a stream`, {
        retryAfterSeconds: 10,
      })
    const client = new EventClient(accepts, () => this.metrics.streamResyncs.inc())
    const member: Member = { client, actorKey, access: { identity, actor } }
    this.#members.add(member)
    this.metrics.streamClients.set(this.#members.size)
    client.body.once('close', () => {
      this.#members.delete(member)
      this.metrics.streamClients.set(this.#members.size)
    })
    if (isReconnect) client.resync()
    return client.body
  }

  /** Sends an event to all clients that accept it. */
  publish(event: StreamEvent): void {
    const text = formatEvent(event)
    for (const { client } of this.#members) client.send(event, text)
  }

  /** Requests that all clients read everything again. */
  resync(): void {
    for (const { client } of this.#members) client.resync()
  }

  #beat(): void {
    for (const { client } of this.#members) client.heartbeat()
    this.#recheckAll()
  }

  #recheckAll(): void {
    for (const member of this.#members) background(this.log, 'stream access check', this.#recheck(member))
  }

  async #recheck({ client, access }: Member): Promise<void> {
    const state = await recheckAccess(this.authenticator, access)
    // The console reconnects with the new role.
    if (state === 'changed') client.end()
    // `end` would wait for a client that has stopped reading, and unread events must not reach a client without access.
    if (state === 'lost') client.body.destroy()
  }
}
