import { type ScanConfig, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, sleep } from '@guardimesh/kit'
import { Cron } from 'croner'

/** Starts the scan of all containers by the schedule of the scan configuration, each time after a random pause. */
export class Schedule implements Disposable {
  readonly #onDue: () => void
  readonly #log: Logger
  #stop = new AbortController()
  #cron: Cron | undefined

  constructor(onDue: () => void, log: Logger) {
    this.#onDue = onDue
    this.#log = log
  }

  /** Puts a configuration in force; again with another one replaces it. */
  apply(config: Pick<ScanConfig, 'scheduledScan' | 'schedule' | 'scheduleJitterSeconds'>): void {
    this[Symbol.dispose]()
    this.#stop = new AbortController()
    if (!config.scheduledScan) return
    const { signal } = this.#stop
    const catchError = (error: unknown) => this.#log.error({ error }, 'the scheduled scan could not be started')
    this.#cron = new Cron(config.schedule, { timezone: 'UTC', mode: '5-part', unref: true, catch: catchError }, async () => {
      await sleep(Math.random() * config.scheduleJitterSeconds * SECOND_MS, signal)
      if (!signal.aborted) this.#onDue()
    })
  }

  [Symbol.dispose](): void {
    this.#cron?.stop()
    this.#cron = undefined
    this.#stop.abort()
  }
}

/** True when the scan configuration leaves this namespace out: by name, or by a beginning followed by `*`. Pure. */
export function isSkippedNamespace(namespace: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : namespace === pattern))
}
