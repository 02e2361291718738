import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, sleep } from '@guardimesh/kit'
import { Cron } from 'croner'
import type { ScannerEvents } from '../events/scanner-events.js'

/** Emits `scheduleDue` by the schedule of the scan configuration, each time after a random delay. */
export class Schedule implements Disposable {
  readonly #events: ScannerEvents
  readonly #log: Logger
  #stop = new AbortController()
  #cron: Cron | undefined

  constructor(events: ScannerEvents, log: Logger) {
    this.#events = events
    this.#log = log
  }

  /** Applies a configuration, and replaces the one before. */
  apply(config: Pick<ScanConfig, 'scheduledScan' | 'schedule' | 'scheduleJitterSeconds'>): void {
    this[Symbol.dispose]()
    this.#stop = new AbortController()
    if (!config.scheduledScan) return
    const { signal } = this.#stop
    const catchError = (error: unknown) => this.#log.error({ error }, 'failed to start the scheduled scan')
    this.#cron = new Cron(config.schedule, { timezone: 'UTC', mode: '5-part', unref: true, catch: catchError }, async () => {
      await sleep(Math.random() * config.scheduleJitterSeconds * SECOND_MS, signal)
      if (!signal.aborted) this.#events.emit('scheduleDue')
    })
  }

  [Symbol.dispose](): void {
    this.#cron?.stop()
    this.#cron = undefined
    this.#stop.abort()
  }
}
