import { MINUTE_MS } from '@guardimesh/contracts'
import { background, type Logger, sleep } from '@guardimesh/kit'

/** Delay before the task starts, because imports often follow each other. */
const START_DELAY_MS = MINUTE_MS

/** Runs a low-priority task while no import is in progress. */
export class IdleTask {
  readonly #log: Logger
  readonly #delayMs: number
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined

  constructor(log: Logger, delayMs = START_DELAY_MS) {
    this.#log = log
    this.#delayMs = delayMs
  }

  /** Schedules the task, unless one is already waiting or running. */
  schedule(name: string, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#running) return
    const stop = new AbortController()
    const ended = this.#run(work, stop.signal).finally(() => {
      this.#running = undefined
    })
    this.#running = { stop, ended }
    background(this.#log, name, ended)
  }

  /** Aborts the task and waits until it has ended. */
  async stop(): Promise<void> {
    const running = this.#running
    running?.stop.abort()
    await running?.ended.catch(() => undefined)
  }

  async #run(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    await sleep(this.#delayMs, signal)
    try {
      if (!signal.aborted) await work(signal)
    } catch (error) {
      // An abort is not a failure.
      if (!signal.aborted) throw error
    }
  }
}
