import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { isSkippedNamespace } from '../scans/skipped-namespace.js'
import type { ContainerImage } from './container-image-reporter.js'
import { layersOf } from './layer-inventory.js'

/** Ended containers whose image is still scanned. */
const ENDED_MAX = 500

/** The containers whose images are scanned: the running ones, and ended ones until their images have been scanned. */
export class ImageContainers {
  readonly #scanConfig: () => ScanConfig
  readonly #nodeName: string
  readonly #running = new Map<string, ContainerInfoMessage>()
  readonly #ended = new Map<string, ContainerInfoMessage>()

  constructor(scanConfig: () => ScanConfig, nodeName: string) {
    this.#scanConfig = scanConfig
    this.#nodeName = nodeName
  }

  started(container: ContainerInfoMessage): void {
    this.#running.set(container.containerId, container)
  }

  ended(container: ContainerInfoMessage): void {
    if (!this.#running.delete(container.containerId)) return
    this.#ended.set(container.containerId, container)
    const [oldest] = this.#ended.keys()
    if (this.#ended.size > ENDED_MAX && oldest !== undefined) this.#ended.delete(oldest)
  }

  /** Removes a container whose image has been scanned, or cannot be, if the container has ended. */
  done(containerId: string): void {
    this.#ended.delete(containerId)
  }

  /** Returns the containers with the layers of their images. Others report why a container is skipped, or its layers are unknown. */
  list(): readonly ContainerImage[] {
    const { skipNamespaces } = this.#scanConfig()
    return [...this.#running.values(), ...this.#ended.values()]
      .filter(({ namespace, unsupportedReason }) => unsupportedReason === '' && !isSkippedNamespace(namespace, skipNamespaces))
      .map((container) => ({ container, layers: layersOf(container, this.#nodeName) }))
      .filter(({ layers }) => layers.length > 0)
  }
}
