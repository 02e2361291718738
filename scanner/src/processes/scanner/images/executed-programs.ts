import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { LRUCache } from 'lru-cache'
import type { FileIdentity } from '../../../node/file-identity.js'
import { KernelError } from '../../../node/libc.js'
import { imageLayerName, visibleLayer } from '../../../sources/image-layer.js'

export interface ExecutedProgramsOptions {
  readonly hostRoot: string
  readonly scanConfig: () => ScanConfig
}

/** Enough for the programs and libraries of all containers of a node. */
const PROGRAMS_MAX = 20_000
/** These files may have a verdict at their next execution. */
const TEMPORARY: readonly CoverageReasonName[] = ['engine_error', 'engine_unavailable', 'timeout', 'vanished', 'changed_while_scanned']

/**
 * Decides which programs of images are scanned when they are executed: each once, before the turn of its layer. Containers of one image share
 * the file, so the device of their overlay is left out; the ctime distinguishes files with the same inode number, and cannot be set.
 */
export class ExecutedPrograms {
  readonly #options: ExecutedProgramsOptions
  readonly #scanned = new LRUCache<string, true>({ max: PROGRAMS_MAX })

  constructor(options: ExecutedProgramsOptions) {
    this.#options = options
  }

  /** Returns true for a program that has not been executed since the last `forget`, and remembers it. */
  claim(identity: FileIdentity): boolean {
    if (!this.#options.scanConfig().features.imageLayers) return false
    const key = keyOf(identity)
    if (this.#scanned.get(key)) return false
    this.#scanned.set(key, true)
    return true
  }

  /** Scans a program again at its next execution if the reason is temporary. */
  release(identity: FileIdentity, reason: CoverageReasonName): void {
    if (TEMPORARY.includes(reason)) this.#scanned.delete(keyOf(identity))
  }

  /** Forgets all programs, because signatures or settings changed. */
  forget(): void {
    this.#scanned.clear()
  }

  /** Returns the name of the layer from which a container runs a program. */
  layerOf({ lowerdirs, layerDigests }: ContainerInfoMessage, path: Uint8Array): string {
    try {
      const index = visibleLayer(this.#options.hostRoot, lowerdirs, path)
      const digest = index === undefined ? '' : layerDigests[index]
      return digest ? imageLayerName(digest) : 'image'
    } catch (error) {
      if (error instanceof KernelError) return 'image'
      throw error
    }
  }
}

function keyOf({ inode, changedAtNs, sizeBytes }: FileIdentity): string {
  return `${inode} ${changedAtNs} ${sizeBytes}`
}
