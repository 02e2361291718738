import type { ContainerInfoMessage, CoverageReasonName, ScanConfig } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import type { FileEvents } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { Watch } from '../../../node/fanotify-marks.js'
import { findOverlayOnNode } from '../../../node/overlay-mounts.js'
import { memoryMounts } from '../../../sources/memory-mounts.js'
import { classifyMount, volumeLayer } from '../../../sources/volume.js'
import { isSkippedNamespace } from '../scans/skipped-namespace.js'

/** A watched file system of a container. */
export interface WatchedLayer {
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

export interface WatchedContainersOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  /** Undefined when the kernel rejects fanotify. */
  readonly fileEvents: FileEvents | undefined
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

/** Watches the files of containers, and finds the container and layer of a file event. */
export class WatchedContainers {
  readonly #options: WatchedContainersOptions
  readonly #watched = new Map<string, Watched>()
  readonly #byDevice = new Map<bigint, WatchedLayer>()
  readonly #byMount = new Map<number, WatchedLayer>()

  constructor(options: WatchedContainersOptions) {
    this.#options = options
  }

  /** Number of watched containers. */
  get count(): number {
    return [...this.#watched.values()].filter(({ notWatchedReason }) => notWatchedReason === '').length
  }

  isWatched(containerId: string): boolean {
    return this.#watched.get(containerId)?.notWatchedReason === ''
  }

  /** Returns why a container is not watched; empty when it is. */
  notWatchedReason(containerId: string): string {
    return this.#watched.get(containerId)?.notWatchedReason ?? 'the container has just started'
  }

  /** Returns the device of a watched container's overlay, as in its events. */
  overlayDeviceOf(containerId: string): bigint | undefined {
    return this.#watched.get(containerId)?.watches.find(({ kind }) => kind === 'container')?.device
  }

  /** Returns the layer that holds the file of an event; undefined when no watched container does. */
  layerOf(event: Pick<FileEvent, 'device' | 'mountId'>): WatchedLayer | undefined {
    return this.#byMount.get(event.mountId) ?? this.#byDevice.get(event.device)
  }

  /**
   * Starts to watch a container, unless the scan configuration excludes it.
   *
   * @returns the reason for a coverage entry when watching failed; undefined when it is watched or excluded.
   */
  start(container: ContainerInfoMessage): { readonly reason: CoverageReasonName; readonly detail: string } | undefined {
    const exclusion = this.#exclusionOf(container)
    if (exclusion !== undefined) {
      this.#watched.set(container.containerId, { container, watches: [], notWatchedReason: exclusion })
      return undefined
    }
    try {
      const { fileEvents } = this.#options
      if (!fileEvents) throw new GuardError('KERNEL_CALL_FAILED', 'the kernel of this node rejects file events (fanotify)')
      const watch = fileEvents.watchContainer(container.pid, findOverlayOnNode(this.#options.hostRoot, container.pid, container.upperdir))
      this.#byDevice.set(watch.device, { container, layer: 'upperdir' })
      this.#watched.set(container.containerId, {
        container,
        watches: [watch, ...this.#startVolumes(fileEvents, container)],
        notWatchedReason: '',
      })
      return undefined
    } catch (error) {
      const detail = messageOf(error)
      this.#options.log.warn({ error, containerId: container.containerId }, 'failed to watch container')
      this.#watched.set(container.containerId, { container, watches: [], notWatchedReason: detail })
      return { reason: 'not_inspected', detail: `failed to watch file events: ${detail}` }
    }
  }

  stop(containerId: string): void {
    const watched = this.#watched.get(containerId)
    this.#watched.delete(containerId)
    for (const watch of watched?.watches ?? []) {
      this.#options.fileEvents?.unwatch(watch)
      // The kernel reuses device and mount numbers: they may belong to another container by now.
      if (this.#byDevice.get(watch.device)?.container.containerId === containerId) this.#byDevice.delete(watch.device)
      if (this.#byMount.get(watch.mountId)?.container.containerId === containerId) this.#byMount.delete(watch.mountId)
    }
  }

  /** Applies a changed scan configuration. @returns the containers that are watched now but were not before, or the reverse. */
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

  #exclusionOf(container: ContainerInfoMessage): string | undefined {
    const { features, skipNamespaces } = this.#options.scanConfig()
    if (!features.fanotify) return 'file events are disabled in the scan configuration'
    if (isSkippedNamespace(container.namespace, skipNamespaces)) return 'the scan configuration skips the namespace of the container'
    if (container.unsupportedReason !== '') return container.unsupportedReason
    return undefined
  }

  #startVolumes(fileEvents: FileEvents, container: ContainerInfoMessage): Watch[] {
    const { hostRoot, scanConfig } = this.#options
    const volumes = scanConfig().features.volumes
      ? container.mounts.filter((mount) => !mount.readOnly && classifyMount(mount) === 'scan')
      : []
    const watches: Watch[] = []
    for (const mount of [...volumes, ...memoryMounts(hostRoot, container)]) {
      try {
        const watch = fileEvents.watchVolume(container.pid, mount.destination)
        this.#byMount.set(watch.mountId, { container, layer: volumeLayer(mount) })
        watches.push(watch)
      } catch (error) {
        this.#options.log.warn({ error, containerId: container.containerId, destination: mount.destination }, 'failed to watch volume')
      }
    }
    return watches
  }
}
