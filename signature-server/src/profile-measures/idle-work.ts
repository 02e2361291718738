import { MINUTE_MS } from '@guardimesh/contracts'
import { background, type Logger, sleep } from '@guardimesh/kit'

/** Whoever just brought something in often brings more. */
const IDLE_MS = MINUTE_MS

/** Work for when nothing else goes on. It ends as soon as something does. */
export class IdleWork {
  readonly #log: Logger
  readonly #idleMs: number
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined

  constructor(log: Logger, idleMs = IDLE_MS) {
    this.#log = log
    this.#idleMs = idleMs
  }

  /** Starts it after a while, unless it waits or runs already. */
  begin(name: string, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#running) return
    const stop = new AbortController()
    const ended = this.#run(work, stop.signal).finally(() => {
      this.#running = undefined
    })
    this.#running = { stop, ended }
    background(this.#log, name, ended)
  }

  /** Ends it; when this resolves nothing of it runs any more. */
  async stop(): Promise<void> {
    const running = this.#running
    running?.stop.abort()
    await running?.ended.catch(() => undefined)
  }

  async #run(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    await sleep(this.#idleMs, signal)
    try {
      if (!signal.aborted) await work(signal)
    } catch (error) {
      // To be stopped is no failure.
      if (!signal.aborted) throw error
    }
  }
}
