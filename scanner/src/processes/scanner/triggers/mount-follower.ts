import { type ContainerInfoMessage, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, sleep } from '@guardimesh/kit'
import { isNamespaceOfNode, processesByNamespace } from '../../../node/mount-namespaces.js'
import { readMountinfo } from '../../../node/mounts.js'
import type { ProcReader } from '../../../node/proc.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { WatchedContainers } from './watched-containers.js'

export interface MountFollowerOptions {
  readonly hostRoot: string
  readonly proc: ProcReader
  readonly events: ScannerEvents
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly watchedContainers: WatchedContainers
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Mount namespaces of one container: the text of mountinfo and the processes of each. */
interface Namespaces {
  readonly texts: Map<string, Buffer>
  readonly pids: number[]
}

/**
 * The kernel reports changes of mountinfo by poll(2), but an open file keeps the whole namespace and its mounts alive, so that volumes could not be
 * detached. The texts are compared instead.
 */
const INTERVAL_MS = SECOND_MS
/** Interval after a container started a program, which may have created a namespace. */
const PROGRAM_INTERVAL_MS = 200
/** The pause is this many times as long as the comparison, so that it costs at most 1 % of a core. */
const PAUSE_RATIO = 100

/** Follows the mounts of all mount namespaces of containers: watches new ones, and emits an event so that they are scanned once. */
export class MountFollower {
  readonly #options: MountFollowerOptions
  /** Container by namespace; empty for namespaces of the node and of infrastructure containers. */
  readonly #owners = new Map<string, string>()
  readonly #known = new Map<string, ReadonlyMap<string, Buffer>>()
  readonly #refreshed = new Map<string, ContainerInfoMessage>()
  #wake: AbortController | undefined

  constructor(options: MountFollowerOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    const { signal, log } = this.#options
    while (!signal.aborted) {
      const startedAtMs = performance.now()
      try {
        this.#follow()
      } catch (error) {
        log.warn({ error }, 'failed to follow the mounts of containers; retrying')
      }
      const pauseMs = PAUSE_RATIO * (performance.now() - startedAtMs)
      await sleep(Math.max(PROGRAM_INTERVAL_MS, Math.min(pauseMs, 10 * INTERVAL_MS)), signal)
      this.#wake = new AbortController()
      await sleep(INTERVAL_MS - PROGRAM_INTERVAL_MS, AbortSignal.any([signal, this.#wake.signal]))
      this.#wake = undefined
    }
  }

  /** A program that a container starts may mount something. Many starts share one comparison. */
  programStarted(): void {
    this.#wake?.abort()
  }

  #follow(): void {
    const containers = new Map([...this.#options.containers()].map((container) => [container.containerId, container]))
    this.#forgetStopped(containers)
    for (const [containerId, { texts, pids }] of this.#namespacesOf(containers)) {
      const container = containers.get(containerId)
      if (!container || isEqual(texts, this.#known.get(containerId))) continue
      this.#known.set(containerId, texts)
      this.#refreshed.set(containerId, container)
      const { ids, notWatched } = this.#options.watchedContainers.refreshMounts(container, pids)
      if (ids.size > 0) this.#options.events.emit('mountsAdded', container, ids, notWatched)
    }
  }

  /** A restarted container, or one that was described again, is refreshed again. */
  #forgetStopped(containers: ReadonlyMap<string, ContainerInfoMessage>): void {
    for (const [containerId, container] of this.#refreshed)
      if (containers.get(containerId) !== container) {
        this.#refreshed.delete(containerId)
        this.#known.delete(containerId)
      }
    for (const [id, owner] of this.#owners) if (owner !== '' && !containers.has(owner)) this.#owners.delete(id)
    // A namespace without owner may belong to a container that has become known since.
    if ([...containers.keys()].some((containerId) => !this.#refreshed.has(containerId)))
      for (const [id, owner] of this.#owners) if (owner === '') this.#owners.delete(id)
  }

  #namespacesOf(containers: ReadonlyMap<string, ContainerInfoMessage>): Map<string, Namespaces> {
    const { hostRoot } = this.#options
    const byNamespace = processesByNamespace(hostRoot)
    this.#findOwners(byNamespace, containers)
    const found = new Map<string, Namespaces>()
    for (const [id, pids] of byNamespace) {
      const owner = this.#owners.get(id)
      const text = owner && pids[0] !== undefined ? readMountinfo(hostRoot, pids[0]) : undefined
      if (!owner || !text) continue
      const known: Namespaces = found.get(owner) ?? { texts: new Map(), pids: [] }
      known.texts.set(id, text)
      known.pids.push(...pids)
      found.set(owner, known)
    }
    return found
  }

  #findOwners(byNamespace: ReadonlyMap<string, readonly number[]>, containers: ReadonlyMap<string, ContainerInfoMessage>): void {
    for (const id of this.#owners.keys()) if (!byNamespace.has(id)) this.#owners.delete(id)
    const unknown = [...byNamespace].filter(([id]) => !this.#owners.has(id))
    if (unknown.length === 0) return
    const { hostRoot } = this.#options
    const owners = new Map<number, string>()
    for (const [containerId, pids] of this.#options.proc.processesOf([...containers.values()]))
      for (const pid of pids) owners.set(pid, containerId)
    for (const [id, pids] of unknown)
      this.#owners.set(id, isNamespaceOfNode(hostRoot, id) ? '' : (pids.map((pid) => owners.get(pid)).find(Boolean) ?? ''))
  }
}

function isEqual(texts: ReadonlyMap<string, Buffer>, known: ReadonlyMap<string, Buffer> | undefined): boolean {
  return known?.size === texts.size && [...texts].every(([id, text]) => known.get(id)?.equals(text))
}
