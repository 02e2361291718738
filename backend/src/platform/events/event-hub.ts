import type { Readable } from 'node:stream'
import { type Role, SECOND_MS, type StreamEvent } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Actor } from '../auth/actor.js'
import { API_KEYS_CHANNEL } from '../auth/api-key-verifier.js'
import { Authenticator } from '../auth/authenticator.js'
import type { Credentials } from '../auth/credentials.js'
import { SESSIONS_CHANNEL } from '../auth/end-sessions.js'
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
type Identity = Exclude<Credentials, { kind: 'none' }>

/** A request to open a stream. */
export interface StreamRequest {
  /** Selects the events for this client. `resync` is sent in any case. */
  readonly accepts: (event: StreamEvent) => boolean
  readonly identity: Identity
  readonly actor: Actor
  /** The client was connected before and may have missed events: the stream starts with a `resync`. */
  readonly isReconnect: boolean
}

interface Member {
  readonly client: EventClient
  readonly actorKey: string
  readonly identity: Identity
  /** Undefined for an API key. */
  readonly role: Role | undefined
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
    // ApiKeyVerifier clears its cache on the same message; setImmediate runs the check after that.
    const recheckSoon = () => setImmediate(() => this.#recheckAll())
    this.listener.subscribe(API_KEYS_CHANNEL, {
      onMessage: recheckSoon,
      onReconnect: () => {
        recheckSoon()
        // Notifications of every channel were lost while the connection was down.
        this.resync()
      },
    })
    this.listener.subscribe(SESSIONS_CHANNEL, { onMessage: () => this.#recheckAll(), onReconnect: () => undefined })
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
    const member: Member = { client, actorKey, identity, role: roleOf(actor) }
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

  async #recheck({ client, identity, role }: Member): Promise<void> {
    try {
      const actor = await this.authenticator.identify(identity)
      // The console reconnects with the new role.
      if (roleOf(actor) !== role) client.end()
    } catch (error) {
      // An unavailable database does not revoke access.
      if (error instanceof GuardError && error.isRetryable) return
      // `end` would wait for a client that has stopped reading, and unread events must not reach a client without access.
      client.body.destroy()
    }
  }
}

function roleOf(actor: Actor): Role | undefined {
  return actor.kind === 'account' ? actor.account.role : undefined
}
