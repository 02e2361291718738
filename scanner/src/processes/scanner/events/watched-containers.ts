import type { ContainerInfoMessage, CoverageReasonName, ScanConfig } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import type { FileEvents } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { Watch } from '../../../node/fanotify-marks.js'
import { findOverlayOnNode } from '../../../node/overlay-mounts.js'
import { memoryMounts } from '../../../sources/memory-mounts.js'
import { classifyMount, volumeLayer } from '../../../sources/volume.js'
import { isSkippedNamespace } from '../scans/schedule.js'

/** What an event belongs to. */
export interface WatchedPlace {
  readonly container: ContainerInfoMessage
  /** "upperdir" or "volume:<destination>". */
  readonly layer: string
}

interface Watched {
  readonly container: ContainerInfoMessage
  readonly watches: readonly Watch[]
  /** Empty when it is watched. */
  readonly notWatchedReason: string
}

export interface WatchesOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  /** Undefined where the kernel gives no file events. */
  readonly events: FileEvents | undefined
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

/** Which containers are watched for writes, and whose an event is. */
export class Watches {
  readonly #options: WatchesOptions
  readonly #watched = new Map<string, Watched>()
  readonly #byDevice = new Map<bigint, WatchedPlace>()
  readonly #byMount = new Map<number, WatchedPlace>()

  constructor(options: WatchesOptions) {
    this.#options = options
  }

  /** Containers that are watched. */
  get count(): number {
    return [...this.#watched.values()].filter(({ notWatchedReason }) => notWatchedReason === '').length
  }

  /** Why a container is not watched; empty when it is. */
  notWatchedReason(containerId: string): string {
    return this.#watched.get(containerId)?.notWatchedReason ?? 'it has just started'
  }

  /** Whose file an event is about; undefined when it is no container's of ours. */
  placeOf(event: Pick<FileEvent, 'device' | 'mountId'>): WatchedPlace | undefined {
    return this.#byMount.get(event.mountId) ?? this.#byDevice.get(event.device)
  }

  /**
   * Starts to watch a container, if the scan configuration wants it.
   *
   * @returns why its events cannot be watched, for coverage; undefined when they are, or are not wanted.
   */
  start(container: ContainerInfoMessage): { readonly reason: CoverageReasonName; readonly detail: string } | undefined {
    const unwanted = this.#unwanted(container)
    if (unwanted !== undefined) {
      this.#watched.set(container.containerId, { container, watches: [], notWatchedReason: unwanted })
      return undefined
    }
    try {
      const { events } = this.#options
      if (!events) throw new GuardError('KERNEL_CALL_FAILED', 'this node gives no file events to the scanner')
      const watch = events.watchContainer(container.pid, findOverlayOnNode(this.#options.hostRoot, container.pid, container.upperdir))
      this.#byDevice.set(watch.device, { container, layer: 'upperdir' })
      this.#watched.set(container.containerId, {
        container,
        watches: [watch, ...this.#startVolumes(events, container)],
        notWatchedReason: '',
      })
      return undefined
    } catch (error) {
      const detail = messageOf(error)
      this.#options.log.warn({ error, containerId: container.containerId }, 'the container is not watched')
      this.#watched.set(container.containerId, { container, watches: [], notWatchedReason: detail })
      return { reason: 'not_inspected', detail: `its file events are not watched: ${detail}` }
    }
  }

  stop(containerId: string): void {
    const watched = this.#watched.get(containerId)
    this.#watched.delete(containerId)
    for (const watch of watched?.watches ?? []) {
      this.#options.events?.unwatch(watch)
      // The kernel gives device and mount numbers out again: they may be another container's by now.
      if (this.#byDevice.get(watch.device)?.container.containerId === containerId) this.#byDevice.delete(watch.device)
      if (this.#byMount.get(watch.mountId)?.container.containerId === containerId) this.#byMount.delete(watch.mountId)
    }
  }

  /** Another scan configuration is in force. @returns containers that are watched now and were not, or were and are not any more. */
  restartAll(): readonly ContainerInfoMessage[] {
    const changed: ContainerInfoMessage[] = []
    for (const { container, notWatchedReason } of [...this.#watched.values()]) {
      const { containerId } = container
      this.stop(containerId)
      this.start(container)
      if ((notWatchedReason === '') !== (this.notWatchedReason(containerId) === '')) changed.push(container)
    }
    return changed
  }

  #unwanted(container: ContainerInfoMessage): string | undefined {
    const { features, skipNamespaces } = this.#options.scanConfig()
    if (!features.fanotify) return 'the scan configuration turns file events off'
    if (isSkippedNamespace(container.namespace, skipNamespaces)) return 'the scan configuration skips its namespace'
    if (container.unsupportedReason !== '') return container.unsupportedReason
    return undefined
  }

  #startVolumes(events: FileEvents, container: ContainerInfoMessage): Watch[] {
    const { hostRoot, scanConfig } = this.#options
    const volumes = scanConfig().features.volumes
      ? container.mounts.filter((mount) => !mount.readOnly && classifyMount(mount) === 'scan')
      : []
    const watches: Watch[] = []
    for (const mount of [...volumes, ...memoryMounts(hostRoot, container)]) {
      try {
        const watch = events.watchVolume(container.pid, mount.destination)
        this.#byMount.set(watch.mountId, { container, layer: volumeLayer(mount) })
        watches.push(watch)
      } catch (error) {
        this.#options.log.warn({ error, containerId: container.containerId, destination: mount.destination }, 'a volume is not watched')
      }
    }
    return watches
  }
}
