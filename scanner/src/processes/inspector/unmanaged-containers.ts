import { SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, sleep } from '@guardimesh/kit'
import { type ContainerOfNode, containerOfRoot } from '../../node/container-roots.js'
import { isNamespaceOfNode, processesByNamespace } from '../../node/mount-namespaces.js'
import { NamespaceMap } from '../../node/namespace-map.js'
import { ProcReader } from '../../node/proc.js'
import type { ContainerSet } from './container-set.js'
import type { ContainerInfo } from './runtime.js'

export interface UnmanagedContainersOptions {
  readonly hostRoot: string
  readonly containers: ContainerSet
  /** Returns the ids of all containers that the runtime manages; undefined while it is not reachable. */
  readonly managedIds: () => Promise<ReadonlySet<string> | undefined>
  readonly log: Logger
}

interface Candidate extends ContainerOfNode {
  readonly sinceMs: number
}

const INTERVAL_MS = SECOND_MS
/** A runtime lists an infrastructure container only after its process has started. */
const CONFIRM_AFTER_MS = 700
/** A runtime has changed the root of a new namespace by then. */
const SETTLED_AFTER_MS = 10 * SECOND_MS
/** The pause is this many times as long as the search. */
const PAUSE_RATIO = 100
const PAUSE_MAX_MS = 5 * SECOND_MS

/** Finds containers that the runtime's interface for Kubernetes does not list: those of ctr, nerdctl, podman, or of a second runtime. */
export class UnmanagedContainers {
  readonly #options: UnmanagedContainersOptions
  readonly #proc: ProcReader
  /** Namespaces that belong to the node or to a managed container. */
  readonly #others = new NamespaceMap<true>()
  /** When a namespace was first seen in which no container was recognized: a container that starts has no root of its own yet. */
  readonly #unsettled = new NamespaceMap<number>()
  readonly #candidates = new Map<string, Candidate>()
  /** Ids of containers by namespace. */
  readonly #added = new NamespaceMap<string>()

  constructor(options: UnmanagedContainersOptions) {
    this.#options = options
    this.#proc = new ProcReader(options.hostRoot)
  }

  /** Searches until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startedAtMs = performance.now()
      try {
        await this.#search()
      } catch (error) {
        this.#options.log.warn({ error }, 'failed to search for unmanaged containers; retrying')
      }
      const pauseMs = PAUSE_RATIO * (performance.now() - startedAtMs)
      // A candidate waits for its confirmation only, which is no search.
      await sleep(this.#candidates.size > 0 ? INTERVAL_MS : Math.min(Math.max(INTERVAL_MS, pauseMs), PAUSE_MAX_MS), signal)
    }
  }

  async #search(): Promise<void> {
    const { hostRoot, managedIds } = this.#options
    const byNamespace = processesByNamespace(hostRoot)
    for (const known of [this.#others, this.#unsettled]) known.removeEnded(byNamespace)
    this.#removeEnded(byNamespace)
    const nowMs = performance.now()
    for (const [id, [pid]] of byNamespace) {
      if (pid === undefined || this.#others.has(id) || this.#candidates.has(id) || this.#added.has(id)) continue
      const container = isNamespaceOfNode(hostRoot, id) ? undefined : containerOfRoot(hostRoot, pid)
      if (container) this.#candidates.set(id, { ...container, sinceMs: nowMs })
      else this.#addOther(id, pid, nowMs)
    }
    const managed = this.#candidates.size > 0 ? await managedIds() : undefined
    if (managed) this.#confirm(byNamespace, managed)
  }

  #addOther(id: string, pid: number, nowMs: number): void {
    const sinceMs = this.#unsettled.get(id)
    const isSettled = isNamespaceOfNode(this.#options.hostRoot, id) || nowMs - (sinceMs ?? nowMs) > SETTLED_AFTER_MS
    if (isSettled) {
      this.#others.set(id, pid, true)
      this.#unsettled.delete(id)
    } else if (sinceMs === undefined) this.#unsettled.set(id, pid, nowMs)
  }

  #removeEnded(byNamespace: ReadonlyMap<string, readonly number[]>): void {
    for (const [id, containerId] of this.#added.removeEnded(byNamespace)) {
      const [pid] = byNamespace.get(id) ?? []
      // The process may have been one that entered the container.
      if (pid !== undefined && containerOfRoot(this.#options.hostRoot, pid)?.containerId === containerId)
        this.#added.set(id, pid, containerId)
      else this.#options.containers.remove(containerId)
    }
  }

  #confirm(byNamespace: ReadonlyMap<string, readonly number[]>, managed: ReadonlySet<string>): void {
    const { containers } = this.#options
    for (const [id, candidate] of this.#candidates) {
      const isOver = !byNamespace.get(id)?.includes(candidate.pid)
      if (managed.has(candidate.containerId) || containers.get(candidate.containerId)) this.#others.set(id, candidate.pid, true)
      else if (isOver) containers.reportEnded(this.#describe(candidate))
      else if (performance.now() - candidate.sinceMs < CONFIRM_AFTER_MS) continue
      else {
        containers.add(this.#describe(candidate))
        this.#added.set(id, candidate.pid, candidate.containerId)
      }
      this.#candidates.delete(id)
    }
  }

  #describe({ containerId, pid, layers }: Candidate): ContainerInfo {
    const { upperdir, lowerdirs } = layers
    return {
      ...{ containerId, containerName: containerId, pid, upperdir, lowerdirs: [...lowerdirs], mounts: [], unmanaged: true },
      snapshotter: 'overlay',
      unsupportedReason: upperdir === '' ? 'the container has no writable layer' : '',
      startedAtMs: this.#proc.readProcess(pid)?.startedAtMs ?? 0,
    }
  }
}
