import { backoffMs, messageOf, sleep } from '@guardimesh/kit'
import type { OpenedFile } from '../node/file-identity.js'
import type { EngineName, RemoteEngine, Verdict } from './engine.js'
import { awaiting } from './merge-verdicts.js'

export interface EngineGuardLimits {
  /** A scan that lasts longer than this causes a check whether the engine answers at all. */
  readonly stallMs: number
  /** Time for the answer to such a check. */
  readonly pingTimeoutMs: number
}

/** Result of a task: a verdict or something else. */
interface Outcome {
  readonly kind: string
}

type Task<Result> = (signal: AbortSignal) => Promise<Result>

/** A running scan that is given up when the engine does not answer. */
interface RunningScan {
  readonly startedAtMs: number
  readonly givenUp: PromiseWithResolvers<Verdict>
  readonly stop: AbortController
}

const RECOVERY_BACKOFF = { firstMs: 100, maxMs: 1000 }
/** Attempts for a file that an answering engine failed to scan: the engine may have restarted in between. */
const ATTEMPTS = 2

/**
 * Circuit breaker of one engine. While the engine does not answer, every scan returns at once that its verdict is missing, so one engine never
 * holds up files, and hanging is noticed once instead of once per file. The engine is checked until it answers again.
 */
export class EngineGuard<Remote extends RemoteEngine = RemoteEngine> implements Disposable {
  readonly engine: Remote
  readonly #limits: EngineGuardLimits
  readonly #running = new Set<RunningScan>()
  readonly #disposed = new AbortController()
  #ping: Promise<boolean> | undefined
  #timer: NodeJS.Timeout | undefined
  #failure = ''
  #recovery: Promise<void> = Promise.resolve()

  constructor(engine: Remote, limits: EngineGuardLimits) {
    this.engine = engine
    this.#limits = limits
  }

  get name(): EngineName {
    return this.engine.name
  }

  /** Why the engine does not answer; empty when it does. */
  get failure(): string {
    return this.#failure
  }

  /** Returns the verdict of the engine, or at once that it is missing. @throws the signal's reason when it is aborted. */
  scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    return this.run((stopped) => this.engine.scan(file, stopped), signal)
  }

  /** Runs another task of the engine, like `scan`. */
  async run<Result extends Outcome>(task: Task<Result>, signal: AbortSignal): Promise<Result | Verdict> {
    signal.throwIfAborted()
    if (this.#failure !== '') return awaiting(this.name, this.#failure)
    const run: RunningScan = { startedAtMs: performance.now(), givenUp: Promise.withResolvers(), stop: new AbortController() }
    this.#running.add(run)
    this.#watch()
    try {
      return await Promise.race([run.givenUp.promise, this.#runWithRetry(task, AbortSignal.any([signal, run.stop.signal]))])
    } finally {
      this.#running.delete(run)
    }
  }

  /** Waits until the engine answers. Returns early when the signal is aborted. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>()
    const onAbort = () => aborted.resolve()
    signal.addEventListener('abort', onAbort, { once: true })
    if (!signal.aborted) await Promise.race([this.#recovery, aborted.promise])
    signal.removeEventListener('abort', onAbort)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#disposed.abort()
  }

  async #runWithRetry<Result extends Outcome>(task: Task<Result>, signal: AbortSignal): Promise<Result | Verdict> {
    for (let attempts = 1; ; attempts++) {
      const outcome = await task(signal)
      if (!isFailure(outcome)) return outcome
      // Either the file caused the failure, or the engine ended.
      if (!(await this.#isAnswering())) return awaiting(this.name, this.#failure)
      if (outcome.reason === 'timeout' || attempts === ATTEMPTS) return outcome
      signal.throwIfAborted()
    }
  }

  #watch(): void {
    this.#timer ??= setInterval(() => {
      if (this.#running.size === 0) {
        clearInterval(this.#timer)
        this.#timer = undefined
        return
      }
      const stalledSinceMs = performance.now() - this.#limits.stallMs
      if ([...this.#running].some(({ startedAtMs }) => startedAtMs <= stalledSinceMs)) void this.#isAnswering()
    }, this.#limits.stallMs).unref()
  }

  /** Concurrent checks share one ping. */
  #isAnswering(): Promise<boolean> {
    this.#ping ??= this.#pingOnce().finally(() => {
      this.#ping = undefined
    })
    return this.#ping
  }

  async #pingOnce(): Promise<boolean> {
    try {
      await this.engine.ping(this.#limits.pingTimeoutMs)
      return true
    } catch (error) {
      this.#giveUp(messageOf(error))
      return false
    }
  }

  #giveUp(failure: string): void {
    const isFirst = this.#failure === ''
    this.#failure = failure || 'it does not answer'
    for (const run of this.#running) {
      run.givenUp.resolve(awaiting(this.name, this.#failure))
      run.stop.abort()
    }
    if (isFirst) this.#recovery = this.#recover()
  }

  async #recover(): Promise<void> {
    const { signal } = this.#disposed
    for (let failures = 1; !signal.aborted; failures++) {
      await sleep(backoffMs(failures, RECOVERY_BACKOFF), signal)
      try {
        if (!signal.aborted) await this.engine.ping(this.#limits.pingTimeoutMs)
        break
      } catch (error) {
        this.#failure = messageOf(error) || this.#failure
      }
    }
    this.#failure = ''
  }
}

function isFailure(outcome: Outcome): outcome is Extract<Verdict, { kind: 'not-scanned' }> {
  return outcome.kind === 'not-scanned' && 'reason' in outcome && (outcome.reason === 'engine_error' || outcome.reason === 'timeout')
}
