import type { Readable } from 'node:stream'
import { type FindingFilters, SECOND_MS } from '@guardimesh/contracts'
import { background, GuardError, type Logger, parseUuid } from '@guardimesh/kit'
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common'
import { API_KEYS_CHANNEL } from '../../platform/auth/api-key-verifier.js'
import { Authenticator } from '../../platform/auth/authenticator.js'
import type { Credentials } from '../../platform/auth/credentials.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { HttpMetrics } from '../../platform/metrics/http-metrics.js'
import { FINDINGS_CHANNEL } from '../../platform/notify/findings-channel.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { FindingRepository } from './finding.repository.js'
import { StreamClient } from './stream-client.js'

/** Open streams of one process. */
export const STREAM_CLIENTS_MAX = 200
/** New findings that are read and sent one by one; when more wait, a reader is better off with the list. */
const PENDING_MAX = 500
/** Also how soon a reader whose session ended is let go; one whose key was revoked is at once. */
const HEARTBEAT_MS = 15 * SECOND_MS
type Identity = Exclude<Credentials, { kind: 'none' }>

interface Member {
  readonly client: StreamClient
  readonly identity: Identity
}

/** Sends new findings to everybody who watches, as soon as they are committed. */
@Injectable()
export class FindingsStreamService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #members = new Set<Member>()
  #pending: string[] = []
  #isSending = false
  #heartbeat: NodeJS.Timeout | undefined

  constructor(
    private readonly findings: FindingRepository,
    private readonly listener: PostgresListener,
    private readonly authenticator: Authenticator,
    private readonly metrics: HttpMetrics,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(FINDINGS_CHANNEL, { onMessage: (payload) => this.#onMessage(payload), onReconnect: () => this.#resyncAll() })
    const notifySignatures = () => this.#notifySignatures()
    this.listener.subscribe(SIGNATURES_CHANNEL, { onMessage: notifySignatures, onReconnect: notifySignatures })
    // After the turn in which the key's verifier hears the same and forgets.
    const recheckSoon = () => setImmediate(() => this.#recheckAll())
    this.listener.subscribe(API_KEYS_CHANNEL, { onMessage: recheckSoon, onReconnect: recheckSoon })
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#heartbeat)
    for (const { client } of this.#members) client.end()
  }

  /**
   * Adds a reader.
   *
   * @param isReconnect the reader was here before and may have missed something: it is told to read the list again.
   * @throws GuardError STREAM_LIMIT_REACHED.
   */
  open(filters: FindingFilters, identity: Identity, isReconnect: boolean): Readable {
    if (this.#members.size >= STREAM_CLIENTS_MAX)
      throw new GuardError('STREAM_LIMIT_REACHED', `${STREAM_CLIENTS_MAX} streams are open already; close one`, { retryAfterSeconds: 10 })
    const client = new StreamClient(filters, () => this.metrics.streamResyncs.inc())
    const member: Member = { client, identity }
    this.#members.add(member)
    this.metrics.streamClients.set(this.#members.size)
    client.body.once('close', () => {
      this.#members.delete(member)
      this.metrics.streamClients.set(this.#members.size)
    })
    if (isReconnect) client.resync()
    return client.body
  }

  #onMessage(payload: string): void {
    if (this.#members.size === 0) return
    const ids = parseIds(payload)
    if (!ids || this.#pending.length + ids.length > PENDING_MAX) {
      this.#pending = []
      this.#resyncAll()
      return
    }
    this.#pending.push(...ids)
    if (!this.#isSending) background(this.log, 'stream of findings', this.#send())
  }

  async #send(): Promise<void> {
    this.#isSending = true
    try {
      while (this.#pending.length > 0) {
        const ids = this.#pending
        this.#pending = []
        for (const finding of await this.findings.listByIds(ids)) for (const { client } of this.#members) client.offer(finding)
      }
    } catch (error) {
      this.#resyncAll()
      throw error
    } finally {
      this.#isSending = false
    }
  }

  #resyncAll(): void {
    for (const { client } of this.#members) client.resync()
  }

  #notifySignatures(): void {
    for (const { client } of this.#members) client.signaturesChanged()
  }

  #beat(): void {
    for (const { client } of this.#members) client.heartbeat()
    this.#recheckAll()
  }

  #recheckAll(): void {
    for (const member of this.#members) background(this.log, 'check of a stream', this.#recheck(member))
  }

  async #recheck({ client, identity }: Member): Promise<void> {
    try {
      await this.authenticator.identify(identity)
    } catch (error) {
      // A database that is away says nothing about the reader.
      if (error instanceof GuardError && error.isRetryable) return
      // Not its ordinary end: what waits for a reader that does not read would keep it here for ever, and is not theirs to read any more.
      client.body.destroy()
    }
  }
}

/** @returns undefined for "many" and for what is no list of ids. */
function parseIds(payload: string): string[] | undefined {
  if (!payload.startsWith('[')) return undefined
  const parsed: unknown = JSON.parse(payload)
  const isIds = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string' && parseUuid(entry))
  return isIds ? (parsed as string[]) : undefined
}
