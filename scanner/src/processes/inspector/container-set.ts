import type { Draft } from '@guardimesh/contracts/messages'
import { GuardError } from '@guardimesh/kit'
import type { ContainerInfo } from './runtime.js'
import { WakeUp } from './wake-up.js'

type ContainerChange = Draft<'ContainerChange'>

/** Remembered ids of containers that have been reported, so that an end is not reported as unseen. */
const MAX_REMEMBERED = 10_000

/** A subscriber. It keeps only the newest change of each container, so a slow subscriber needs no more memory than the set itself. */
interface Watcher {
  readonly pending: Map<string, ContainerChange>
  readonly wakeUp: WakeUp
}

/** The running containers and the subscribers to changes. Containers are kept while the runtime is unavailable, because they keep running. */
export class ContainerSet {
  readonly #containers = new Map<string, ContainerInfo>()
  readonly #watchers = new Set<Watcher>()
  readonly #reported = new Set<string>()
  #isSynced = false

  /** True once all containers of the runtime have been read. */
  get isSynced(): boolean {
    return this.#isSynced
  }

  get containers(): ContainerInfo[] {
    return [...this.#containers.values()]
  }

  get(containerId: string): ContainerInfo | undefined {
    return this.#containers.get(containerId)
  }

  /**
   * Finds a container by its id or a prefix of it.
   *
   * @throws GuardError CONTAINER_NOT_FOUND, CONTAINER_AMBIGUOUS.
   */
  find(idPrefix: string): ContainerInfo {
    const exact = this.#containers.get(idPrefix)
    if (exact) return exact
    const found = idPrefix === '' ? [] : this.containers.filter(({ containerId }) => containerId.startsWith(idPrefix))
    if (found.length > 1) throw new GuardError('CONTAINER_AMBIGUOUS', `the id prefix ${idPrefix} matches ${found.length} containers`)
    if (!found[0]) throw new GuardError('CONTAINER_NOT_FOUND', `no running container has the id ${idPrefix}`)
    return found[0]
  }

  /** True when the start or the end of a container has been published before. */
  hasReported(containerId: string): boolean {
    return this.#reported.has(containerId)
  }

  /** Never reports an end of this container as unseen. */
  ignore(containerId: string): void {
    this.#remember(containerId)
  }

  /** Publishes a container that ended before it could be added, once. */
  reportEnded(container: ContainerInfo): void {
    if (this.hasReported(container.containerId)) return
    this.#remember(container.containerId)
    this.#publish(container.containerId, { endedUnseen: container })
  }

  add(container: ContainerInfo): void {
    this.#remember(container.containerId)
    this.#containers.set(container.containerId, container)
    this.#publish(container.containerId, { started: container })
  }

  remove(containerId: string): void {
    if (this.#containers.delete(containerId)) this.#publish(containerId, { stoppedContainerId: containerId })
  }

  /** Marks the first complete read of the runtime's containers. */
  markSynced(): void {
    if (this.#isSynced) return
    this.#isSynced = true
    for (const { wakeUp } of this.#watchers) wakeUp.notify()
  }

  /** Yields all running containers, then `synced` once, then every change, until the signal is aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<ContainerChange> {
    const pending = new Map(this.containers.map((started): [string, ContainerChange] => [started.containerId, { started }]))
    const watcher = { pending, wakeUp: new WakeUp() }
    this.#watchers.add(watcher)
    try {
      for (let hasSentSynced = false; !signal.aborted; ) {
        const [next] = pending
        if (next) {
          pending.delete(next[0])
          yield next[1]
        } else if (this.#isSynced && !hasSentSynced) {
          hasSentSynced = true
          yield { synced: true }
        } else await watcher.wakeUp.wait(signal)
      }
    } finally {
      this.#watchers.delete(watcher)
    }
  }

  #remember(containerId: string): void {
    const [oldest] = this.#reported
    if (this.#reported.size >= MAX_REMEMBERED && oldest !== undefined) this.#reported.delete(oldest)
    this.#reported.add(containerId)
  }

  #publish(containerId: string, change: ContainerChange): void {
    for (const { pending, wakeUp } of this.#watchers) {
      const started = pending.get(containerId)?.started
      pending.delete(containerId)
      // The subscriber has not received the start yet: it must learn that there was a container.
      pending.set(containerId, change.stoppedContainerId && started ? { ...change, endedUnseen: started } : change)
      wakeUp.notify()
    }
  }
}
