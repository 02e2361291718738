import { SECOND_MS } from '@guardimesh/contracts'
import { type BackoffPolicy, background, backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { identityOf, isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import { waitUntilReady } from '@guardimesh/testbed/wait-until-ready.js'
import { type Component, ComponentError, type RunningComponent } from './component.js'
import { currentBootId, removeState, writeState } from './state-file.js'

const RESTART_POLICY: BackoffPolicy = { firstMs: 200, maxMs: 5 * SECOND_MS }
/** A component that ran for this long is healthy: its backoff starts again. */
const HEALTHY_AFTER_MS = 30 * SECOND_MS

export interface SupervisorOptions {
  /** Records the running processes for other programs (see state-file.ts). */
  readonly stateFile: string
  readonly log: Logger
  /** Maximum time until a component is ready at its first start. */
  readonly readyTimeoutMs: number
}

interface Supervised {
  readonly component: Component
  running: RunningComponent | undefined
  restarts: number
  /** Resolves when the component is not restarted any more. */
  watch: Promise<void>
}

/** Keeps named components running: restarts those that end, with backoff; `stop` ends all in reverse order. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #supervised: Supervised[] = []
  readonly #starting = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  #lastWrite: Promise<void> = Promise.resolve()
  #stopped: Promise<void> | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /**
   * Starts a component and waits until it is ready.
   *
   * @throws ComponentError when it ends or is not ready in time; `stop` stops it with the others.
   */
  async start(component: Component): Promise<void> {
    this.#stopping.signal.throwIfAborted()
    const starting = this.#start(component)
    this.#starting.add(starting)
    try {
      await starting
    } finally {
      this.#starting.delete(starting)
    }
  }

  async #start(component: Component): Promise<void> {
    const running = await component.launch()
    const supervised: Supervised = { component, running, restarts: 0, watch: Promise.resolve() }
    this.#supervised.push(supervised)
    await this.#record()
    const { readyTimeoutMs: timeoutMs, log } = this.#options
    const checkReady = async () => component.checkReady?.()
    const problem = await waitUntilReady({ exited: running.exited, checkReady, timeoutMs, signal: this.#stopping.signal })
    if (problem !== undefined) throw new ComponentError(component, problem)
    supervised.watch = this.#keepRunning(supervised, running)
    background(log, `supervise ${component.name}`, supervised.watch)
  }

  /** Returns the running process of a component; undefined between a crash and its restart. */
  identityOf(name: string): ProcessIdentity | undefined {
    return this.#find(name).running?.identity
  }

  restartsOf(name: string): number {
    return this.#find(name).restarts
  }

  /** Sends a signal to the main process of a component. @returns false when it is not running. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    const identity = this.identityOf(name)
    return identity !== undefined && isAlive(identity) && process.kill(identity.pid, signal)
  }

  /** Stops all components, the last started first, and removes the state file. A component that fails to stop does not affect the others. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort(new Error('the supervisor was stopped'))
    // A component that is being launched has no process to stop yet.
    await Promise.allSettled(this.#starting)
    const failures: unknown[] = []
    for (const supervised of this.#supervised.toReversed()) {
      try {
        // Wait for a restart in progress, so that it starts no process afterwards.
        await supervised.watch
        await supervised.running?.stop()
      } catch (error) {
        failures.push(error)
        this.#options.log.error({ error, component: supervised.component.name }, 'failed to stop component')
      }
    }
    await this.#lastWrite
    // Running processes stay recorded for the next `make down`.
    if (failures.length > 0) throw new AggregateError(failures, `failed to stop: ${failures.map(messageOf).join('; ')}`)
    await removeState(this.#options.stateFile)
  }

  /** Restarts a component each time it ends, until the supervisor stops. */
  async #keepRunning(supervised: Supervised, first: RunningComponent): Promise<void> {
    const { component } = supervised
    const { log } = this.#options
    let running: RunningComponent | undefined = first
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      const startedAtMs = Date.now()
      const reason = running ? await this.#exitOf(running) : 'failed to start'
      if (reason === undefined) return
      supervised.running = undefined
      failures = Date.now() - startedAtMs > HEALTHY_AFTER_MS ? 1 : failures + 1
      const pauseMs = backoffMs(failures, RESTART_POLICY)
      log.warn({ component: component.name, reason, pauseMs }, 'component ended, restarting')
      await sleep(pauseMs, this.#stopping.signal)
      if (this.#stopping.signal.aborted) return
      running = await this.#relaunch(supervised)
    }
  }

  async #relaunch(supervised: Supervised): Promise<RunningComponent | undefined> {
    try {
      supervised.restarts++
      supervised.running = await supervised.component.launch()
      background(this.#options.log, 'record running processes', this.#record())
      return supervised.running
    } catch (error) {
      this.#options.log.error({ error, component: supervised.component.name }, 'failed to restart component')
      return undefined
    }
  }

  /** Waits for the end of a component. @returns the reason; undefined when the supervisor stops first. */
  async #exitOf(running: RunningComponent): Promise<string | undefined> {
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

  /** Writes the state file; writes are sequential, in the order of the changes. */
  #record(): Promise<void> {
    const write = async () => {
      const supervisor = identityOf(process.pid)
      if (!supervisor) throw new Error('this process is not in /proc')
      const parts = this.#supervised.flatMap(({ component, running, restarts }) =>
        running ? [{ name: component.name, identity: running.identity, restarts }] : [],
      )
      await writeState(this.#options.stateFile, { bootId: currentBootId(), supervisor, parts })
    }
    // A failed write rejects for its caller and does not prevent the next one.
    this.#lastWrite = this.#lastWrite.then(write, write)
    return this.#lastWrite
  }

  #find(name: string): Supervised {
    const found = this.#supervised.find(({ component }) => component.name === name)
    if (!found) throw new Error(`no component is named ${name}`)
    return found
  }
}
