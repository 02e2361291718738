import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeStatusMessage } from '@guardimesh/contracts/messages'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { RuntimeEvent } from '../../node/cri-client.js'
import type { ConnectedRuntime } from './connect-runtime.js'
import type { ContainerSet } from './container-set.js'
import { EndedEvents } from './ended-events.js'
import type { Runtime } from './runtime.js'
import { WakeUp } from './wake-up.js'

const RECONNECT = { firstMs: 100, maxMs: 3_000 }
/** Interval without a stream of events. */
const POLL_INTERVAL_MS = 1_000
/** Interval with a stream of events, in case an event was lost. */
const RESYNC_INTERVAL_MS = 15_000
/** Events arrive in groups: first the infrastructure container of a pod, then the others. */
const DEBOUNCE_MS = 10
/** Pauses before describing a container whose start the runtime has just announced: soon, so that the scanner watches it soon. */
const STARTED_RETRIES_MS = [0, 5, 10, 20]
/** Retries for a container that is still starting and has no complete description; after the maximum, the normal interval applies. */
const INCOMPLETE_RETRY_MS = 100
const MAX_INCOMPLETE_RETRIES = 20
/** A discovered runtime without containers may be the wrong one, so the discovery is repeated. */
const REDISCOVERY_INTERVAL_MS = 30_000

export interface RuntimeFollowerOptions {
  readonly containers: ContainerSet
  readonly connect: () => Promise<ConnectedRuntime>
  readonly hostRoot: string
  readonly log: Logger
}

/** Keeps the set of containers in sync with the runtime, and rediscovers the runtime when the connection is lost. */
export class RuntimeFollower {
  readonly #options: RuntimeFollowerOptions
  #status: RuntimeStatusMessage = {
    kind: '',
    version: '',
    endpoint: '',
    reason: '',
    reachable: false,
    error: 'No container runtime has been found yet.',
  }
  /** Number of successful reads of the runtime's list of containers. */
  syncs = 0
  /** Number of times that the runtime was lost or not found. */
  failures = 0

  #runtime: Runtime | undefined

  constructor(options: RuntimeFollowerOptions) {
    this.#options = options
  }

  get status(): RuntimeStatusMessage {
    return this.#status
  }

  /** Returns the ids of all containers that the runtime manages; undefined while it is not reachable. */
  async managedIds(): Promise<ReadonlySet<string> | undefined> {
    const ids = await this.#runtime?.listIds()
    return ids && new Set(ids)
  }

  /** Follows the runtime until the signal is aborted. Never throws: failures are in `status` and the log. */
  async run(signal: AbortSignal): Promise<void> {
    const { connect, log } = this.#options
    for (let failuresInRow = 0; !signal.aborted; ) {
      try {
        const { runtime, endpoint, reason, certain } = await connect()
        const { kind, version } = runtime
        if (endpoint !== this.#status.endpoint || !this.#status.reachable)
          log.info({ kind, version, endpoint, reason }, 'container runtime chosen')
        this.#status = { kind, version, endpoint, reason, reachable: true, error: '' }
        this.#runtime = runtime
        await this.#follow(runtime, certain, signal, () => {
          failuresInRow = 0
        })
      } catch (error) {
        failuresInRow++
        this.failures++
        if (failuresInRow === 1 || messageOf(error) !== this.#status.error) log.warn({ error }, 'container runtime unavailable; retrying')
        this.#status = { ...this.#status, reachable: false, error: messageOf(error) }
        await sleep(backoffMs(failuresInRow, RECONNECT), signal)
      }
    }
  }

  /** Syncs after every change. Returns when the discovery must be repeated; throws when the connection is lost. */
  async #follow(runtime: Runtime, certain: boolean, signal: AbortSignal, onSynced: () => void): Promise<void> {
    const stop = new AbortController()
    const wakeUp = new WakeUp()
    const changed = new Map<string, RuntimeEvent>()
    const tries = new Map<string, number>()
    const ended = new EndedEvents()
    const stream = watchRuntime(runtime, AbortSignal.any([signal, stop.signal]), wakeUp, changed)
    try {
      let lastContainerAtMs = Date.now()
      while (!signal.aborted) {
        const events = [...changed.values()]
        changed.clear()
        const incomplete = await this.#sync(runtime, new Set(events.map(({ containerId }) => containerId)), tries)
        await this.#reportAllEnded(runtime, events, ended)
        this.syncs++
        onSynced()
        if (stream.failure) throw stream.failure
        if (this.#hasManaged()) lastContainerAtMs = Date.now()
        if (!certain && Date.now() - lastContainerAtMs > REDISCOVERY_INTERVAL_MS) return
        const pauseMs = stream.isOpen ? RESYNC_INTERVAL_MS : POLL_INTERVAL_MS
        await wakeUp.wait(signal, incomplete || ended.isWaiting ? INCOMPLETE_RETRY_MS : pauseMs)
        await Promise.all([...changed.values()].map((event) => this.#describeStarted(runtime, event)))
        await sleep(DEBOUNCE_MS, signal)
      }
    } finally {
      this.#runtime = undefined
      stop.abort()
      await stream.ended
      runtime[Symbol.dispose]()
    }
  }

  #hasManaged(): boolean {
    return this.#options.containers.containers.some(({ unmanaged }) => !unmanaged)
  }

  /**
   * Compares the set with the runtime's list of containers.
   *
   * @param changedIds known containers that are described again, because they may have restarted.
   * @returns true when a container could not be described yet.
   */
  async #sync(runtime: Runtime, changedIds: ReadonlySet<string>, tries: Map<string, number>): Promise<boolean> {
    const { containers } = this.#options
    const running = new Set(await runtime.listRunning())
    for (const { containerId, unmanaged } of containers.containers)
      if (!unmanaged && !running.has(containerId)) containers.remove(containerId)
    for (const id of tries.keys()) if (!running.has(id)) tries.delete(id)
    for (const containerId of running) {
      const known = containers.get(containerId)
      if (known && !changedIds.has(containerId) && this.#isAlive(known.pid)) continue
      if (await this.#describe(runtime, containerId)) tries.delete(containerId)
      else tries.set(containerId, (tries.get(containerId) ?? 0) + 1)
    }
    containers.markSynced()
    return [...tries.values()].some((count) => count < MAX_INCOMPLETE_RETRIES)
  }

  /** @returns false when the runtime cannot describe the container, because it is starting or stopping. */
  async #describe(runtime: Runtime, containerId: string): Promise<boolean> {
    const { containers } = this.#options
    const known = containers.get(containerId)
    const found = await runtime.describe(containerId)
    if (!found) containers.remove(containerId)
    else if (known?.pid !== found.pid || known?.startedAtMs !== found.startedAtMs) containers.add(found)
    return found !== undefined
  }

  /** Describes a container at once, without waiting for the runtime's list of containers. */
  async #describeStarted(runtime: Runtime, { containerId, kind }: RuntimeEvent): Promise<void> {
    const { containers } = this.#options
    if (kind !== 'started' || containers.get(containerId)) return
    for (const pauseMs of STARTED_RETRIES_MS) {
      await sleep(pauseMs)
      const found = await runtime.describe(containerId)
      if (found) return containers.add(found)
    }
  }

  async #reportAllEnded(runtime: Runtime, events: readonly RuntimeEvent[], ended: EndedEvents): Promise<void> {
    for (const event of ended.takeWith(events)) if (!(await this.#reportEnded(runtime, event))) ended.putBack(event)
  }

  /** Reports a container that ended before it could be described. @returns false when the runtime still lists it as running. */
  async #reportEnded(runtime: Runtime, { containerId, kind }: RuntimeEvent): Promise<boolean> {
    const { containers } = this.#options
    if (containers.hasReported(containerId)) return true
    const ended = await runtime.describeEnded(containerId)
    // When it has been removed, the runtime does not know any more what it was.
    if (ended === 'sandbox') containers.ignore(containerId)
    else if (ended === 'unknown' && kind === 'ended') containers.reportEnded({ containerId, containerName: containerId, unmanaged: true })
    else if (typeof ended === 'object') containers.reportEnded(ended)
    return ended !== undefined
  }

  #isAlive(pid: number | null | undefined): boolean {
    return existsSync(join(this.#options.hostRoot, 'proc', String(pid)))
  }
}

interface RuntimeStream {
  readonly isOpen: boolean
  readonly failure: unknown
  readonly ended: Promise<void>
}

/** Starts the runtime's stream of events. Every event, and the end of the stream, notifies `wakeUp`. */
function watchRuntime(runtime: Runtime, signal: AbortSignal, wakeUp: WakeUp, changed: Map<string, RuntimeEvent>): RuntimeStream {
  const stream = { isOpen: true, failure: undefined as unknown, ended: Promise.resolve() }
  const onChange = (event: RuntimeEvent) => {
    if (event.containerId !== '') changed.set(event.containerId, event)
    wakeUp.notify()
  }
  stream.ended = runtime
    .watch(onChange, signal)
    .then(() => {
      stream.isOpen = false
    })
    .catch((error: unknown) => {
      stream.failure = error
    })
    .finally(() => wakeUp.notify())
  return stream
}
