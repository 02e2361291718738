import { join } from 'node:path'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import type { FileEvents } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { Watch } from '../../../node/fanotify-marks.js'
import { findOverlayOnNode, hasUpperdir } from '../../../node/overlay-mounts.js'
import type { ContainerMounts } from '../../../sources/container-mounts.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { wholeContainer } from '../scans/container-files.js'
import { isSkippedNamespace } from '../scans/skipped-namespace.js'
import { LayerIndex, type WatchedLayer } from './layer-index.js'
import { type AddedMounts, WatchedMounts } from './watched-mounts.js'

interface Watched {
  readonly container: ContainerInfoMessage
  /** Of its overlay; undefined when it is not watched. */
  readonly watch: Watch | undefined
  /** Empty when it is watched. */
  readonly notWatchedReason: string
}

export interface WatchedContainersOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  /** Undefined when the kernel rejects fanotify. */
  readonly fileEvents: FileEvents | undefined
  readonly containerMounts: ContainerMounts
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

const NOTHING_ADDED: AddedMounts = { ids: new Set(), notWatched: [] }

/** Watches the files of containers, and finds the container and layer of a file event. */
export class WatchedContainers {
  readonly #options: WatchedContainersOptions
  readonly #watched = new Map<string, Watched>()
  readonly #index: LayerIndex
  readonly #mounts: WatchedMounts | undefined

  constructor(options: WatchedContainersOptions) {
    const { fileEvents } = options
    this.#options = options
    this.#index = new LayerIndex(join(options.hostRoot, 'proc'))
    this.#mounts = fileEvents && new WatchedMounts({ ...options, fileEvents, index: this.#index })
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
    return this.#watched.get(containerId)?.watch?.device
  }

  /** Returns the layer that holds the file of an event; undefined when no watched container does. */
  layerOf(event: Pick<FileEvent, 'device' | 'mountId' | 'pid'>): WatchedLayer | undefined {
    return this.#index.layerOf(event)
  }

  /**
   * Starts to watch a container, unless the scan configuration excludes it.
   *
   * @returns the coverage entries for what is not watched; empty when the container is excluded.
   */
  start(container: ContainerInfoMessage): readonly NotScanned[] {
    const exclusion = this.#exclusionOf(container)
    if (exclusion !== undefined) {
      this.#watched.set(container.containerId, { container, watch: undefined, notWatchedReason: exclusion })
      return []
    }
    try {
      this.#watchOverlay(container)
      const watchedAtMs = Date.now()
      return [...unwatchedStart(container, watchedAtMs), ...this.refreshMounts(container, []).notWatched]
    } catch (error) {
      const detail = messageOf(error)
      this.#options.log.warn({ error, containerId: container.containerId }, 'failed to watch container')
      this.#watched.set(container.containerId, { container, watch: undefined, notWatchedReason: detail })
      return [wholeContainer('not_inspected', `failed to watch file events: ${detail}`)]
    }
  }

  /** Watches the mounts of a watched container that it has now. @param pids its processes; its first process is always included. */
  refreshMounts(container: ContainerInfoMessage, pids: readonly number[]): AddedMounts {
    return this.isWatched(container.containerId) && this.#mounts ? this.#mounts.refresh(container, pids) : NOTHING_ADDED
  }

  stop(containerId: string): void {
    const watch = this.#watched.get(containerId)?.watch
    this.#watched.delete(containerId)
    this.#mounts?.stop(containerId)
    if (!watch) return
    this.#index.remove(watch)
    this.#options.fileEvents?.unwatch(watch)
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

  #watchOverlay(container: ContainerInfoMessage): void {
    const { hostRoot, fileEvents } = this.#options
    if (!fileEvents) throw new GuardError('KERNEL_CALL_FAILED', 'the kernel of this node rejects file events (fanotify)')
    const onNode = findOverlayOnNode(hostRoot, container.pid, (layers) => hasUpperdir(layers, container.upperdir))
    const watch = fileEvents.watchContainer(container.pid, onNode?.path)
    this.#index.add(watch, { container, layer: 'upperdir' })
    this.#watched.set(container.containerId, { container, watch, notWatchedReason: '' })
  }

  #exclusionOf(container: ContainerInfoMessage): string | undefined {
    const { features, skipNamespaces } = this.#options.scanConfig()
    if (!features.fanotify) return 'file events are disabled in the scan configuration'
    if (isSkippedNamespace(container.namespace, skipNamespaces)) return 'the scan configuration skips the namespace of the container'
    if (container.unsupportedReason !== '') return container.unsupportedReason
    return undefined
  }
}

/** A file that was written and removed before the container was watched was never seen. */
function unwatchedStart({ startedAtMs }: ContainerInfoMessage, watchedAtMs: number): readonly NotScanned[] {
  if (startedAtMs === 0 || watchedAtMs <= startedAtMs) return []
  const detail = `file events are watched since ${watchedAtMs - startedAtMs} ms after the start of the container`
  return [wholeContainer('not_watched_at_start', detail)]
}
