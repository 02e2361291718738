import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { ownerByCgroup } from '../../../node/container-processes.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { Watch } from '../../../node/fanotify-marks.js'

/** A watched file system of a container. */
export interface WatchedLayer {
  readonly container: ContainerInfoMessage
  /** "upperdir" or "volume:<destination>". */
  readonly layer: string
}

interface Entry extends WatchedLayer {
  readonly watch: Watch
}

/** Finds the containers and layers of file events by mount and device. */
export class LayerIndex {
  readonly #procFolder: string
  readonly #byMount = new Map<number, Entry>()
  readonly #byDevice = new Map<bigint, readonly Entry[]>()

  /** @param procFolder the node's /proc. */
  constructor(procFolder: string) {
    this.#procFolder = procFolder
  }

  add(watch: Watch, { container, layer }: WatchedLayer): void {
    const entry = { watch, container, layer }
    this.#byMount.set(watch.mountId, entry)
    if (watch.scope === 'file-system') this.#byDevice.set(watch.device, [...(this.#byDevice.get(watch.device) ?? []), entry])
  }

  remove(watch: Watch): void {
    // The kernel reuses mount numbers: this one may belong to another container by now.
    if (this.#byMount.get(watch.mountId)?.watch === watch) this.#byMount.delete(watch.mountId)
    const others = (this.#byDevice.get(watch.device) ?? []).filter((entry) => entry.watch !== watch)
    if (others.length > 0) this.#byDevice.set(watch.device, others)
    else this.#byDevice.delete(watch.device)
  }

  /**
   * Returns the layer that holds the file of an event. A file system that several containers have mounted belongs to the one whose process caused
   * the event.
   */
  layerOf({ device, mountId, pid }: Pick<FileEvent, 'device' | 'mountId' | 'pid'>): WatchedLayer | undefined {
    const byMount = this.#byMount.get(mountId)
    if (byMount) return byMount
    const candidates = this.#byDevice.get(device) ?? []
    if (candidates.length <= 1) return candidates[0]
    const owner = ownerByCgroup(this.#procFolder, pid, new Set(candidates.map(({ container }) => container.containerId)))
    return candidates.find(({ container }) => container.containerId === owner) ?? candidates[0]
  }
}
