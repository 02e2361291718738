import { SECOND_MS } from '@guardimesh/contracts'
import { type BackoffPolicy, background, backoffMs, GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { identityOf, isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import type { Part, RunningPart } from './part.js'
import { currentBootId, removeState, writeState } from './state-file.js'
import { untilReady } from './until-ready.js'

const RESTART_POLICY: BackoffPolicy = { firstMs: 200, maxMs: 5 * SECOND_MS }
/** Who ran this long was healthy: its next crash is a first one. */
const HEALTHY_AFTER_MS = 30 * SECOND_MS

export interface SupervisorOptions {
  /** Holds what runs now, for other programs (see state-file.ts). */
  readonly stateFile: string
  readonly log: Logger
  /** How long a part may take to be ready at its first start. */
  readonly readyTimeoutMs: number
}

interface Supervised {
  readonly part: Part
  running: RunningPart | undefined
  restarts: number
  /** Ends when the part is stopped for good. */
  watch: Promise<void>
}

/** Keeps named parts running: what dies is started again, with growing pauses; `stop` ends all in reverse order. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #parts: Supervised[] = []
  readonly #starting = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  #lastWrite: Promise<void> = Promise.resolve()
  #stopped: Promise<void> | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /**
   * Starts a part and waits until it is ready.
   *
   * @throws GuardError INTERNAL, with part and log file in its facts, when it dies or is not ready in time. It is stopped with the others.
   */
  async start(part: Part): Promise<void> {
    this.#stopping.signal.throwIfAborted()
    const starting = this.#start(part)
    this.#starting.add(starting)
    try {
      await starting
    } finally {
      this.#starting.delete(starting)
    }
  }

  async #start(part: Part): Promise<void> {
    const running = await part.launch()
    const supervised: Supervised = { part, running, restarts: 0, watch: Promise.resolve() }
    this.#parts.push(supervised)
    await this.#record()
    await untilReady(part, running, this.#options.readyTimeoutMs, this.#stopping.signal)
    supervised.watch = this.#keepRunning(supervised, running)
    background(this.#options.log, `supervise ${part.name}`, supervised.watch)
  }

  /** The running process of a part; undefined while it is between a crash and its restart. */
  identityOf(name: string): ProcessIdentity | undefined {
    return this.#find(name).running?.identity
  }

  restartsOf(name: string): number {
    return this.#find(name).restarts
  }

  /** Sends a signal to a part's main process. @returns false when it does not run just now. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    const identity = this.identityOf(name)
    return identity !== undefined && isAlive(identity) && process.kill(identity.pid, signal)
  }

  /** Stops all parts, the last started first, and removes the state file. A part that cannot be stopped does not keep the others. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort(new GuardError('SHUTTING_DOWN', 'the supervisor was stopped'))
    // What is being launched has no process yet that could be stopped.
    await Promise.allSettled(this.#starting)
    const failures: unknown[] = []
    for (const supervised of this.#parts.toReversed()) {
      try {
        // A restart that is under way ends first, so that nothing starts behind our back.
        await supervised.watch
        await supervised.running?.stop()
      } catch (error) {
        failures.push(error)
        this.#options.log.error({ error, part: supervised.part.name }, 'part could not be stopped')
      }
    }
    await this.#lastWrite
    // What could not be stopped stays on record, for the next `down`.
    if (failures.length > 0) throw new AggregateError(failures, `not stopped: ${failures.map(messageOf).join('; ')}`)
    await removeState(this.#options.stateFile)
  }

  /** Waits for the end of a part and starts it again, until the supervisor stops. */
  async #keepRunning(supervised: Supervised, first: RunningPart): Promise<void> {
    const { part } = supervised
    const { log } = this.#options
    let running: RunningPart | undefined = first
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      const startedAtMs = Date.now()
      const why = running ? await this.#exitOf(running) : 'it did not start'
      if (why === undefined) return
      supervised.running = undefined
      failures = Date.now() - startedAtMs > HEALTHY_AFTER_MS ? 1 : failures + 1
      const pauseMs = backoffMs(failures, RESTART_POLICY)
      log.warn({ part: part.name, why, pauseMs }, 'part ended, starting it again')
      await sleep(pauseMs, this.#stopping.signal)
      if (this.#stopping.signal.aborted) return
      running = await this.#relaunch(supervised)
    }
  }

  async #relaunch(supervised: Supervised): Promise<RunningPart | undefined> {
    try {
      supervised.restarts++
      supervised.running = await supervised.part.launch()
      background(this.#options.log, 'record what runs', this.#record())
      return supervised.running
    } catch (error) {
      this.#options.log.error({ error, part: supervised.part.name }, 'part did not start again')
      return undefined
    }
  }

  /** How a part ended; undefined when the supervisor stops first. */
  async #exitOf(running: RunningPart): Promise<string | undefined> {
    const { signal } = this.#stopping
    const waiting = new AbortController()
    const stopped = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true, signal: waiting.signal })
    })
    try {
      return signal.aborted ? undefined : await Promise.race([running.exited, stopped])
    } finally {
      waiting.abort()
    }
  }

  /** Writes the state file; writes follow each other in the order of the changes. */
  #record(): Promise<void> {
    const write = async () => {
      const supervisor = identityOf(process.pid)
      if (!supervisor) throw new GuardError('INTERNAL', 'this process is not in /proc')
      const parts = this.#parts.flatMap(({ part, running, restarts }) =>
        running ? [{ name: part.name, identity: running.identity, restarts }] : [],
      )
      await writeState(this.#options.stateFile, { bootId: currentBootId(), supervisor, parts })
    }
    // A write that failed was told to its caller; it does not keep the next one.
    this.#lastWrite = this.#lastWrite.then(write, write)
    return this.#lastWrite
  }

  #find(name: string): Supervised {
    const found = this.#parts.find(({ part }) => part.name === name)
    if (!found) throw new GuardError('INTERNAL', `no part is called ${name}`)
    return found
  }
}
