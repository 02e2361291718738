import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { type Logger, messageOf } from '@guardimesh/kit'
import type { FileEvents } from '../../../node/fanotify.js'
import type { Watch } from '../../../node/fanotify-marks.js'
import type { ContainerMount, ContainerMounts } from '../../../sources/container-mounts.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { volumeLayer } from '../../../sources/volume.js'
import type { LayerIndex } from './layer-index.js'

export interface WatchedMountsOptions {
  readonly fileEvents: FileEvents
  readonly containerMounts: ContainerMounts
  readonly index: LayerIndex
  readonly log: Logger
}

/** Mounts that were not known before, and those of them that cannot be watched although they are scanned. */
export interface AddedMounts {
  readonly ids: ReadonlySet<number>
  readonly notWatched: readonly NotScanned[]
}

/** Watches the mounts of containers, apart from their overlays. */
export class WatchedMounts {
  readonly #options: WatchedMountsOptions
  /** By container and mount id; undefined for a mount that is not watched. */
  readonly #known = new Map<string, Map<number, Watch | undefined>>()

  constructor(options: WatchedMountsOptions) {
    this.#options = options
  }

  /** Watches the mounts that a container has now, and forgets those that are gone. @param pids processes of the container. */
  refresh(container: ContainerInfoMessage, pids: readonly number[]): AddedMounts {
    const { mounts } = this.#options.containerMounts.list(container, pids)
    const known = this.#known.get(container.containerId) ?? new Map<number, Watch | undefined>()
    this.#known.set(container.containerId, known)
    const current = new Set(mounts.map(({ mount }) => mount.id))
    for (const [id, watch] of known) if (!current.has(id)) this.#forget(known, id, watch)
    const added = mounts.filter(({ mount }) => !known.has(mount.id))
    const notWatched = added.map((one) => this.#add(container, known, one)).filter((entry) => entry !== undefined)
    return { ids: new Set(added.map(({ mount }) => mount.id)), notWatched }
  }

  stop(containerId: string): void {
    const known = this.#known.get(containerId)
    this.#known.delete(containerId)
    for (const [id, watch] of known ?? []) this.#forget(known, id, watch)
  }

  #forget(known: Map<number, Watch | undefined> | undefined, id: number, watch: Watch | undefined): void {
    known?.delete(id)
    if (!watch) return
    this.#options.index.remove(watch)
    this.#options.fileEvents.unwatch(watch)
  }

  #add(container: ContainerInfoMessage, known: Map<number, Watch | undefined>, one: ContainerMount): NotScanned | undefined {
    const { fileEvents, index, log } = this.#options
    const { mount, namespace, decision } = one
    known.set(mount.id, undefined)
    if (decision.kind !== 'scan') return undefined
    const destination = mount.mountPoint.toString('utf8')
    try {
      const watch = fileEvents.watchMount(namespace.pid, mount, decision.scope)
      known.set(mount.id, watch)
      index.add(watch, { container, layer: volumeLayer({ destination }) })
      return undefined
    } catch (error) {
      log.warn({ error, containerId: container.containerId, destination }, 'failed to watch mount')
      const detail = `${mount.fileSystem}; failed to watch file events: ${messageOf(error)}`
      return { reason: 'mount_not_watched', path: mount.mountPoint, count: 1, sizeBytes: 0, detail }
    }
  }
}
