import { readFile } from 'node:fs/promises'
import { DEFAULT_SCAN_CONFIG, ScanConfig, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, messageOf, sleep, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { Cron } from 'croner'
import { z } from 'zod'
import type { BackendAnswer, BackendClient } from '../../../report/backend-client.js'

export interface RemoteConfigOptions {
  readonly backend: BackendClient
  /** The last good configuration is kept here. */
  readonly path: string
  readonly log: Logger
  readonly onChange: (config: ScanConfig) => void
  /** `error` or `etag` changed. */
  readonly onState: () => void
}

const CONFIG_PATH = '/api/v1/scan/config'
/** Nodes that started together do not ask together. */
const JITTER_RATIO = 0.2
/** A configuration that was not taken is not asked for again with every answer that names it. */
const HEARD_PAUSE_MS = 30 * SECOND_MS
/** While none was ever got, the wait for it is shorter. */
const FIRST_RETRY_MS = 5 * SECOND_MS
const KeptConfig = z.object({ etag: z.string().max(128), config: ScanConfig })

/** The scan configuration in force. A bad answer changes nothing and is told in `error`. */
export class RemoteConfig {
  readonly #options: RemoteConfigOptions
  #config: ScanConfig = DEFAULT_SCAN_CONFIG
  #etag = ''
  #error = ''
  /** Another one that the backend named, and when it was asked for. */
  #heard = { etag: '', atMs: Number.NEGATIVE_INFINITY }
  #isOutdated = false
  #wake: () => void = () => {}

  constructor(options: RemoteConfigOptions) {
    this.#options = options
  }

  get config(): ScanConfig {
    return this.#config
  }
  /** ETag of the configuration in force; empty before the first. */
  get etag(): string {
    return this.#etag
  }
  /** What is wrong with the last answer, one sentence; empty when it was good or there was none. */
  get error(): string {
    return this.#error
  }

  /** Takes up the last good configuration of an earlier process. */
  async load(): Promise<void> {
    try {
      const { etag, config } = KeptConfig.parse(JSON.parse(await readFile(this.#options.path, 'utf8')))
      checkSchedule(config)
      this.#config = config
      this.#etag = etag
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') this.#options.log.warn({ error }, 'the kept scan configuration cannot be read')
    }
  }

  /** Takes note of the ETag that an answer of the backend names: another one than that in force is asked for at once. */
  heard(etag: string): void {
    const nowMs = performance.now()
    if (strong(etag) === strong(this.#etag)) return
    if (etag === this.#heard.etag && nowMs - this.#heard.atMs < HEARD_PAUSE_MS) return
    this.#heard = { etag, atMs: nowMs }
    this.#isOutdated = true
    this.#wake()
  }

  /** Asks for the configuration until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#isOutdated = false
      await this.refresh(signal)
      // The answer itself named it.
      if (strong(this.#heard.etag) === strong(this.#etag)) this.#isOutdated = false
      const pollMs = this.#config.pollIntervalSeconds * SECOND_MS * (1 + (Math.random() * 2 - 1) * JITTER_RATIO)
      await this.#untilHeard(this.#etag === '' ? Math.min(FIRST_RETRY_MS, pollMs) : pollMs, signal)
    }
  }

  async #untilHeard(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isOutdated) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
  }

  /** Asks once. Failures are logged and told in `error`, not thrown. */
  async refresh(signal: AbortSignal): Promise<void> {
    const before = `${this.#etag} ${this.#error}`
    await this.#ask(signal)
    if (before !== `${this.#etag} ${this.#error}`) this.#options.onState()
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const headers = this.#etag === '' ? {} : { 'if-none-match': this.#etag }
      const answer = await this.#options.backend.send({ method: 'GET', path: CONFIG_PATH, headers }, signal)
      if (answer.status !== 304) await this.#take(answer)
      this.#error = ''
    } catch (error) {
      if (signal.aborted) return
      this.#error = `the scan configuration was not taken: ${messageOf(error)}`
      this.#options.log.warn({ error }, 'the last good scan configuration stays in force')
    }
  }

  async #take(answer: BackendAnswer): Promise<void> {
    const config = parseScanConfig(answer)
    const etag = answer.headers.etag ?? ''
    await writeFileDurably(this.#options.path, JSON.stringify({ etag, config }))
    const isChanged = JSON.stringify(config) !== JSON.stringify(this.#config)
    this.#config = config
    this.#etag = etag
    if (!isChanged) return
    this.#options.log.info({ etag }, 'another scan configuration is in force')
    this.#options.onChange(config)
  }
}

/** A proxy that compresses makes an ETag weak. */
function strong(etag: string): string {
  return etag.replace(/^W\//, '')
}

/** Reads an answer. Every key must be there: an answer without them is not a configuration, and must not become the defaults. */
function parseScanConfig(answer: BackendAnswer): ScanConfig {
  if (answer.status !== 200) throw new Error(`status ${answer.status}`)
  const body: unknown = JSON.parse(answer.body.toString('utf8'))
  const missing = Object.keys(DEFAULT_SCAN_CONFIG).filter((key) => typeof body !== 'object' || body === null || !(key in body))
  if (missing.length > 0) throw new Error(`it lacks ${missing.join(', ')}`)
  const parsed = ScanConfig.safeParse(body)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  checkSchedule(parsed.data)
  return parsed.data
}

/** @throws when nothing could be started by it. */
function checkSchedule({ schedule }: ScanConfig): void {
  new Cron(schedule, { paused: true, mode: '5-part' }).stop()
}
