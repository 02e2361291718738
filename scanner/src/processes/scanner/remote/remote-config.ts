import { readFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { SCAN_CONFIG_HEADER } from '@guardimesh/contracts/http/rule-trials'
import { DEFAULT_SCAN_CONFIG, ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { type JsonResponse, type Logger, messageOf, sleep, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { Cron } from 'croner'
import { z } from 'zod'
import type { BackendClient } from '../../../report/backend-client.js'
import type { ScannerEvents } from '../events/scanner-events.js'

export interface RemoteConfigOptions {
  readonly backend: BackendClient
  /** File of the last valid configuration. */
  readonly path: string
  readonly log: Logger
  /** Receives `configChanged`, and `inventoryChanged` when `error` or `etag` changed. */
  readonly events: ScannerEvents
  /** Default: 20 s. */
  readonly maxIdleMs?: number
}

const CONFIG_PATH = '/api/v1/scan/config'
/** Spreads the requests of nodes that started at the same time. */
const JITTER_RATIO = 0.2
/** An invalid configuration is not requested again with every response that names its ETag. */
const ANNOUNCED_RETRY_MS = 30 * SECOND_MS
/** Shorter poll interval until the first configuration, and until a backend that failed responds again. */
const SHORT_POLL_INTERVAL_MS = 5 * SECOND_MS
/** A node without results to send would otherwise count as ready for minutes after the backend, its authority or its key changed. */
const MAX_IDLE_MS = 20 * SECOND_MS
const StoredConfig = z.object({ etag: z.string().max(128), config: ScanConfig })

/**
 * Polls the backend for the scan configuration, more often while no other request shows whether the backend accepts this node. An invalid
 * response keeps the active configuration and is reported in `error`.
 */
export class RemoteConfig {
  readonly #options: RemoteConfigOptions
  #config: ScanConfig = DEFAULT_SCAN_CONFIG
  #etag = ''
  #error = ''
  /** The ETag that the backend announced last, and when. */
  #announced = { etag: '', atMs: Number.NEGATIVE_INFINITY }
  #isOutdated = false
  #wake: () => void = () => {}

  constructor(options: RemoteConfigOptions) {
    this.#options = options
  }

  /** The active configuration. */
  get config(): ScanConfig {
    return this.#config
  }

  /** ETag of the active configuration; empty before the first. */
  get etag(): string {
    return this.#etag
  }

  /** Why the last request failed, one sentence; empty when it succeeded or there was none. */
  get error(): string {
    return this.#error
  }

  /** Loads the last valid configuration of an earlier process. */
  async load(): Promise<void> {
    try {
      const { etag, config } = StoredConfig.parse(JSON.parse(await readFile(this.#options.path, 'utf8')))
      checkSchedule(config)
      this.#config = config
      this.#etag = etag
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') this.#options.log.warn({ error }, 'failed to load the stored scan configuration')
    }
  }

  /** Reads the ETag that every response of the backend contains: a new configuration is requested at once. */
  noteHeaders(headers: IncomingHttpHeaders): void {
    const etag = headers[SCAN_CONFIG_HEADER]
    if (typeof etag !== 'string') return
    const nowMs = performance.now()
    if (strongEtag(etag) === strongEtag(this.#etag)) return
    if (etag === this.#announced.etag && nowMs - this.#announced.atMs < ANNOUNCED_RETRY_MS) return
    this.#announced = { etag, atMs: nowMs }
    this.#isOutdated = true
    this.#wake()
  }

  /** Polls until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#isOutdated = false
      await this.#refresh(signal)
      // The response to the poll itself announces the ETag.
      if (strongEtag(this.#announced.etag) === strongEtag(this.#etag)) this.#isOutdated = false
      const pollMs = this.#config.pollIntervalSeconds * SECOND_MS * (1 + (Math.random() * 2 - 1) * JITTER_RATIO)
      await this.#untilDue(pollMs, signal)
    }
  }

  /** Waits for the poll interval, for less while the backend is idle or failing. */
  async #untilDue(pollMs: number, signal: AbortSignal): Promise<void> {
    const { backend, maxIdleMs = MAX_IDLE_MS } = this.#options
    const stepMs = Math.min(SHORT_POLL_INTERVAL_MS, maxIdleMs)
    const dueAtMs = performance.now() + pollMs
    do {
      await this.#untilAnnounced(Math.min(stepMs, dueAtMs - performance.now()), signal)
      if (this.#isOutdated || this.#etag === '' || backend.failure !== '' || backend.idleMs >= maxIdleMs) return
    } while (performance.now() < dueAtMs && !signal.aborted)
  }

  async #untilAnnounced(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isOutdated) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
  }

  /** Requests the configuration once. Failures are logged and reported in `error`, not thrown. */
  async #refresh(signal: AbortSignal): Promise<void> {
    const before = `${this.#etag} ${this.#error}`
    await this.#fetch(signal)
    if (before !== `${this.#etag} ${this.#error}`) this.#options.events.emit('inventoryChanged')
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    try {
      const headers = this.#etag === '' ? {} : { 'if-none-match': this.#etag }
      const response = await this.#options.backend.send({ path: CONFIG_PATH, headers, signal })
      if (response.status !== 304) await this.#activate(response)
      this.#error = ''
    } catch (error) {
      if (signal.aborted) return
      this.#error = `failed to fetch the scan configuration: ${messageOf(error)}`
      this.#options.log.warn({ error }, 'failed to fetch the scan configuration; keeping the active one')
    }
  }

  async #activate(response: JsonResponse): Promise<void> {
    const config = parseScanConfig(response)
    const etag = response.headers.etag ?? ''
    await writeFileDurably(this.#options.path, JSON.stringify({ etag, config }))
    const isChanged = JSON.stringify(config) !== JSON.stringify(this.#config)
    this.#config = config
    this.#etag = etag
    if (!isChanged) return
    this.#options.log.info({ etag }, 'scan configuration changed')
    this.#options.events.emit('configChanged', config)
  }
}

/** Removes the mark of a weak ETag, which a compressing proxy adds. */
function strongEtag(etag: string): string {
  return etag.replace(/^W\//, '')
}

/** Parses a response. Every key is required: defaults must not replace the missing keys of an unrelated document. */
function parseScanConfig(response: JsonResponse): ScanConfig {
  if (response.status !== 200) throw new Error(`status ${response.status}`)
  const body = response.json()
  const missing = Object.keys(DEFAULT_SCAN_CONFIG).filter((key) => typeof body !== 'object' || body === null || !(key in body))
  if (missing.length > 0) throw new Error(`missing keys: ${missing.join(', ')}`)
  const parsed = ScanConfig.safeParse(body)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  checkSchedule(parsed.data)
  return parsed.data
}

/** @throws when the schedule is invalid. */
function checkSchedule({ schedule }: ScanConfig): void {
  new Cron(schedule, { paused: true, mode: '5-part' }).stop()
}
