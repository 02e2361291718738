import { backoffMs, type Logger, messageOf } from '@guardimesh/kit'

/** What a piece of work says: when to look again by itself (undefined: at the resync), or that the name is gone and to be forgotten. */
export type WorkResult = { readonly retryAfterMs?: number | undefined } | 'gone'

export interface WorkQueueOptions {
  readonly work: (name: string) => Promise<WorkResult>
  readonly log: Logger
  /** Every name is worked on again after this long, whatever happens. */
  readonly resyncMs: number
  /** Names that are worked on at once. */
  readonly maxConcurrent?: number
}

const RETRY = { firstMs: 1_000, maxMs: 5 * 60_000 }
/** Changes that come together are one piece of work. */
const GATHER_MS = 50

/**
 * Holds names, not events: however often a name is added, it is worked on once, by one worker at a time, and again when it was added
 * meanwhile. Work that fails is done again, after pauses that double.
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

  /** Names that are due or being worked on. */
  get depth(): number {
    return this.#due.size + this.#running.size
  }

  /** Has a name worked on after a while; an earlier moment that was set before stays. */
  add(name: string, delayMs = GATHER_MS): void {
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

  /** Takes nothing more, and resolves when nothing is being worked on. */
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
      this.#finish(name, result === 'gone' ? undefined : Math.min(result.retryAfterMs ?? resyncMs, resyncMs))
    } catch (error) {
      const failures = (this.#failures.get(name) ?? 0) + 1
      this.#failures.set(name, failures)
      const pauseMs = backoffMs(failures, RETRY)
      log.error({ error, name, failures, pauseMs }, `the work failed and is done again: ${messageOf(error)}`)
      this.#finish(name, pauseMs)
    }
  }

  /** @param againAfterMs undefined when nothing but a change brings the name back. */
  #finish(name: string, againAfterMs: number | undefined): void {
    this.#running.delete(name)
    if (againAfterMs !== undefined) this.add(name, againAfterMs)
    this.#startNext()
    if (this.#running.size === 0) this.#onIdle?.()
  }
}
