import { SECOND_MS } from '@guardimesh/contracts'
import { background, backoffMs, type Logger, sleep } from '@guardimesh/kit'
import pg from 'pg'

/** Subscriber of a channel. */
export interface ChannelSubscriber {
  onMessage(payload: string): void
  /** The connection was re-established; notifications in between are lost. */
  onReconnect(): void
}

const RECONNECT = { firstMs: 100, maxMs: 5 * SECOND_MS }
/** Interval of queries that detect a connection that died silently, such as after a network failure. */
const HEARTBEAT_INTERVAL_MS = 5 * SECOND_MS
const HEARTBEAT_TIMEOUT_MS = 5 * SECOND_MS

/**
 * Listens on PostgreSQL channels over a dedicated connection and reconnects automatically. Subscribe before `start`.
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

  /** Adds a subscriber. @param channel a constant, never external input, because it becomes part of the SQL text. */
  subscribe(channel: string, subscriber: ChannelSubscriber): void {
    this.#subscribers.set(channel, [...(this.#subscribers.get(channel) ?? []), subscriber])
  }

  /** Starts listening in the background; retries while the database is unavailable. */
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
        // Notifications before the first connection are lost as well.
        isFirst = false
        this.#log.warn({ error, failures }, 'database listener failed; reconnecting')
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
    // The races below handle the rejection; this prevents an unhandled rejection before they start.
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

  /** Checks the connection periodically. */
  async #watch(client: pg.Client): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await sleep(HEARTBEAT_INTERVAL_MS, this.#stop.signal)
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
      this.#log.error({ error }, 'failed to handle a database notification')
    }
  }
}
