import { backoffMs, type Logger } from '@guardimesh/kit'

/** When to process the name again (undefined: at the resync); `gone` if the resource no longer exists. */
export type WorkResult = { readonly requeueAfterMs?: number | undefined } | 'gone'

export interface WorkQueueOptions {
  readonly work: (name: string) => Promise<WorkResult>
  readonly log: Logger
  /** Every name is processed again after this long, even without a change. */
  readonly resyncMs: number
  /** Names that are processed at the same time. */
  readonly maxConcurrent?: number
}

const RETRY = { firstMs: 1_000, maxMs: 5 * 60_000 }
/** Changes within this time are processed together. */
const BATCH_DELAY_MS = 50

/**
 * A level-triggered work queue: it holds names, not events. Each name is processed by one worker at a time, and again if it was added in
 * the meantime. Failed work is retried with exponential backoff.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions
  readonly #waiting = new Map<string, { timer: NodeJS.Timeout; dueAtMs: number }>()
  readonly #due = new Set<string>()
  readonly #running = new Set<string>()
  readonly #failures = new Map<string, number>()
  #isStopped = false
  #onIdle: (() => void) | undefined

  constructor(options: WorkQueueOptions) {
    this.#options = options
  }

  /** Number of names that are due or being processed. */
  get depth(): number {
    return this.#due.size + this.#running.size
  }

  /** Schedules a name. An earlier time that is already scheduled is kept. */
  add(name: string, delayMs = BATCH_DELAY_MS): void {
    if (this.#isStopped) return
    const dueAtMs = performance.now() + delayMs
    const waiting = this.#waiting.get(name)
    if (waiting && waiting.dueAtMs <= dueAtMs) return
    clearTimeout(waiting?.timer)
    const timer = setTimeout(() => {
      this.#waiting.delete(name)
      this.#due.add(name)
      this.#startNext()
    }, delayMs)
    this.#waiting.set(name, { timer, dueAtMs })
  }

  /** Rejects new names and resolves when all running work has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
    this.#waiting.clear()
    this.#due.clear()
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve))
  }

  #startNext(): void {
    for (const name of this.#due) {
      if (this.#running.size >= (this.#options.maxConcurrent ?? 4)) return
      if (this.#running.has(name)) continue
      this.#due.delete(name)
      this.#running.add(name)
      void this.#work(name)
    }
  }

  /** Never throws. */
  async #work(name: string): Promise<void> {
    const { work, log, resyncMs } = this.#options
    try {
      const result = await work(name)
      this.#failures.delete(name)
      this.#finish(name, result === 'gone' ? undefined : Math.min(result.requeueAfterMs ?? resyncMs, resyncMs))
    } catch (error) {
      const failures = (this.#failures.get(name) ?? 0) + 1
      this.#failures.set(name, failures)
      const pauseMs = backoffMs(failures, RETRY)
      log.error({ error, name, failures, pauseMs }, 'reconcile failed, retrying')
      this.#finish(name, pauseMs)
    }
  }

  /** @param requeueAfterMs undefined if only a change adds the name again. */
  #finish(name: string, requeueAfterMs: number | undefined): void {
    this.#running.delete(name)
    if (requeueAfterMs !== undefined) this.add(name, requeueAfterMs)
    this.#startNext()
    if (this.#running.size === 0) this.#onIdle?.()
  }
}
