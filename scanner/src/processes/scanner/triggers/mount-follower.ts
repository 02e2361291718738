import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, sleep } from '@guardimesh/kit'
import { isNamespaceOfNode, processesByNamespace } from '../../../node/mount-namespaces.js'
import { readMountinfo } from '../../../node/mounts.js'
import { NamespaceMap } from '../../../node/namespace-map.js'
import type { ProcReader } from '../../../node/proc.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import { TimeSlice } from '../scans/time-slice.js'
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

/** The processes in each mount namespace of one container. */
type Namespaces = Map<string, readonly number[]>

/**
 * The kernel reports changes of mountinfo by poll(2), but an open file keeps the whole namespace and its mounts alive, so that volumes could not be
 * detached. The texts are compared instead.
 */
const INTERVAL_MS = SECOND_MS
/** Of the container that started a program, which may have created a namespace or mounted something. */
const PROGRAM_INTERVAL_MS = 200
/** Comparisons after a program start: a program that mounts something has not always done so at the first one. */
const PROGRAM_COMPARISONS = 2
/** The pause is this many times as long as the comparison, so that it costs about 1 % of a core. */
const PAUSE_RATIO = 100
const PAUSE_MAX_MS = 10 * INTERVAL_MS

/** Follows the mounts of all mount namespaces of containers: watches new ones, and emits an event so that they are scanned once. */
export class MountFollower {
  readonly #options: MountFollowerOptions
  /** Container by namespace; empty for namespaces of the node and of infrastructure containers. */
  readonly #owners = new NamespaceMap<string>()
  readonly #known = new Map<string, ReadonlyMap<string, Buffer>>()
  readonly #refreshed = new Map<string, ContainerInfoMessage>()
  /** Containers that started a program, with the number of comparisons that follow. */
  readonly #started = new Map<string, number>()
  #wake: AbortController | undefined

  constructor(options: MountFollowerOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    const { signal, log } = this.#options
    let allAtMs = 0
    while (!signal.aborted) {
      const startedAtMs = performance.now()
      const isAll = startedAtMs >= allAtMs
      const started = this.#takeStarted()
      try {
        await this.#follow(isAll ? undefined : started)
      } catch (error) {
        if (!signal.aborted) log.warn({ error }, 'failed to follow the mounts of containers; retrying')
      }
      const pauseMs = PAUSE_RATIO * (performance.now() - startedAtMs)
      if (isAll) allAtMs = performance.now() + clamp(pauseMs, INTERVAL_MS, PAUSE_MAX_MS)
      await sleep(clamp(pauseMs, PROGRAM_INTERVAL_MS, INTERVAL_MS), signal)
      if (this.#started.size === 0) await this.#untilStart(allAtMs - performance.now())
    }
  }

  /** A program that a container starts may mount something. Many starts share one comparison. */
  programStarted({ containerId }: ContainerInfoMessage): void {
    this.#started.set(containerId, PROGRAM_COMPARISONS)
    this.#wake?.abort()
  }

  #takeStarted(): ReadonlySet<string> {
    const started = new Set(this.#started.keys())
    for (const [containerId, comparisons] of this.#started)
      if (comparisons > 1) this.#started.set(containerId, comparisons - 1)
      else this.#started.delete(containerId)
    return started
  }

  async #untilStart(maxMs: number): Promise<void> {
    if (maxMs <= 0) return
    this.#wake = new AbortController()
    await sleep(maxMs, AbortSignal.any([this.#options.signal, this.#wake.signal]))
    this.#wake = undefined
  }

  /** @param only ids of the containers whose mounts are compared; default: all. */
  async #follow(only?: ReadonlySet<string>): Promise<void> {
    const containers = new Map([...this.#options.containers()].map((container) => [container.containerId, container]))
    this.#forgetStopped(containers)
    const byContainer = this.#namespacesOf(containers)
    const slice = new TimeSlice()
    for (const [containerId, namespaces] of byContainer) {
      const container = containers.get(containerId)
      if (!container || (only && !only.has(containerId))) continue
      this.#compare(container, namespaces)
      if (slice.isOver) await slice.next(this.#options.signal)
    }
  }

  #compare(container: ContainerInfoMessage, namespaces: Namespaces): void {
    const { containerId } = container
    const texts = readTexts(this.#options.hostRoot, namespaces)
    if (isEqual(texts, this.#known.get(containerId))) return
    this.#known.set(containerId, texts)
    this.#refreshed.set(containerId, container)
    const { ids, notWatched } = this.#options.watchedContainers.refreshMounts(container, [...namespaces.values()].flat())
    if (ids.size > 0) this.#options.events.emit('mountsAdded', container, ids, notWatched)
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
    const byNamespace = processesByNamespace(this.#options.hostRoot)
    this.#findOwners(byNamespace, containers)
    const found = new Map<string, Namespaces>()
    for (const [id, pids] of byNamespace) {
      const owner = this.#owners.get(id)
      if (!owner) continue
      const known = found.get(owner) ?? new Map<string, readonly number[]>()
      found.set(owner, known.set(id, pids))
    }
    return found
  }

  #findOwners(byNamespace: ReadonlyMap<string, readonly number[]>, containers: ReadonlyMap<string, ContainerInfoMessage>): void {
    this.#owners.removeEnded(byNamespace)
    const unknown = [...byNamespace].filter(([id]) => !this.#owners.has(id))
    if (unknown.length === 0) return
    const { hostRoot } = this.#options
    const owners = new Map<number, string>()
    for (const [containerId, pids] of this.#options.proc.processesOf([...containers.values()]))
      for (const pid of pids) owners.set(pid, containerId)
    for (const [id, pids] of unknown) {
      const owned = isNamespaceOfNode(hostRoot, id) ? undefined : pids.find((pid) => owners.has(pid))
      const pid = owned ?? pids[0]
      if (pid !== undefined) this.#owners.set(id, pid, owners.get(pid) ?? '')
    }
  }
}

/** Returns the text of mountinfo of each namespace, without those whose processes have ended. */
function readTexts(hostRoot: string, namespaces: Namespaces): Map<string, Buffer> {
  const texts = new Map<string, Buffer>()
  for (const [id, [pid]] of namespaces) {
    const text = pid === undefined ? undefined : readMountinfo(hostRoot, pid)
    if (text) texts.set(id, text)
  }
  return texts
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max)

function isEqual(texts: ReadonlyMap<string, Buffer>, known: ReadonlyMap<string, Buffer> | undefined): boolean {
  return known?.size === texts.size && [...texts].every(([id, text]) => known.get(id)?.equals(text))
}
