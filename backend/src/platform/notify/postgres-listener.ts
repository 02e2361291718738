import { SECOND_MS } from '@guardimesh/contracts'
import { background, backoffMs, type Logger, sleep } from '@guardimesh/kit'
import pg from 'pg'

/** What a channel's subscriber wants to know. */
export interface ChannelSubscriber {
  onMessage(payload: string): void
  /** The connection was made again after a loss: messages in between are gone. */
  onReconnect(): void
}

const RECONNECT = { firstMs: 100, maxMs: 5 * SECOND_MS }
/** A connection that died without a word (a pulled cable) is noticed by a question that gets no answer. */
const HEARTBEAT_MS = 5 * SECOND_MS
const HEARTBEAT_TIMEOUT_MS = 5 * SECOND_MS

/**
 * LISTENs on PostgreSQL's channels over one connection of its own, which it makes again whenever it is lost.
 * Subscribe before `start`.
 */
export class PostgresListener {
  readonly #config: pg.ClientConfig
  readonly #log: Logger
  readonly #subscribers = new Map<string, ChannelSubscriber[]>()
  readonly #stop = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #client: pg.Client | undefined

  constructor(config: pg.ClientConfig, log: Logger) {
    this.#config = config
    this.#log = log
  }

  /** Adds a subscriber to a channel; its name is an identifier of ours, never a caller's text. */
  subscribe(channel: string, subscriber: ChannelSubscriber): void {
    this.#subscribers.set(channel, [...(this.#subscribers.get(channel) ?? []), subscriber])
  }

  /** Starts to listen in the background; a database that is away is waited for. */
  start(): void {
    this.#running = this.#run()
    background(this.#log, 'database listener', this.#running)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#client?.end().catch(() => undefined)
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    let failures = 0
    let isFirst = true
    while (!signal.aborted) {
      try {
        await this.#listen(() => {
          failures = 0
          if (!isFirst) this.#announceReconnect()
          isFirst = false
        })
      } catch (error) {
        if (signal.aborted) return
        failures++
        // A message sent before the first connection is lost as well.
        isFirst = false
        this.#log.warn({ error, failures }, 'listening to the database failed; trying again')
      }
      await sleep(backoffMs(Math.max(failures, 1), RECONNECT), signal)
    }
  }

  /** Listens until the connection is lost. */
  async #listen(onReady: () => void): Promise<void> {
    const client = new pg.Client({ ...this.#config, application_name: 'guardimesh listener', keepAlive: true })
    this.#client = client
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject)
      client.on('end', () => reject(new Error('the connection ended')))
    })
    // Both races below observe it; this keeps an early loss from being reported as unhandled.
    lost.catch(() => undefined)
    client.on('notification', ({ channel, payload }) => this.#deliver(channel, payload ?? ''))
    try {
      await Promise.race([client.connect(), lost])
      for (const channel of this.#subscribers.keys()) await client.query(`LISTEN ${channel}`)
      onReady()
      await Promise.race([this.#watch(client), lost])
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  /** Asks the connection again and again whether it still lives. */
  async #watch(client: pg.Client): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await sleep(HEARTBEAT_MS, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      await client.query({ text: 'SELECT 1', query_timeout: HEARTBEAT_TIMEOUT_MS } as pg.QueryConfig)
    }
  }

  #deliver(channel: string, payload: string): void {
    for (const subscriber of this.#subscribers.get(channel) ?? []) this.#guarded(() => subscriber.onMessage(payload))
  }

  #announceReconnect(): void {
    for (const subscribers of this.#subscribers.values()) for (const one of subscribers) this.#guarded(() => one.onReconnect())
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.error({ error }, 'a message of the database could not be handled')
    }
  }
}
