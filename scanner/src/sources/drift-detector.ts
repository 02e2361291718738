import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { LRUCache } from 'lru-cache'
import type { HashPool } from '../engines/hash-pool.js'
import { type FileStat, statOpened } from '../node/file-stat.js'
import { openBeneath, openRoot } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { PATH_TOO_LONG } from '../node/proc-files.js'
import { isKubeletVolume, isNodeFolder, mountOf, volumeLayer } from './volume.js'

/** Difference of an executable from the image of its container. */
export type Drift =
  | { readonly kind: 'none' }
  /** Not in the image at all. */
  | { readonly kind: 'new'; readonly layer: string }
  /** In the image, with other content. */
  | { readonly kind: 'changed'; readonly layer: string }
  /** On a volume that the container can write to. */
  | { readonly kind: 'volume'; readonly layer: string }

/** A running executable. */
export interface RunningProgram {
  /** Path in the container with links resolved, from /proc/<pid>/exe. */
  readonly path: Buffer
  /** Metadata from the view of its process. */
  readonly stat: FileStat
  /** Opens it for reading; the caller closes it. Undefined when the process has ended. @throws KernelError */
  readonly open: () => Promise<number | undefined>
}

const NONE: Drift = { kind: 'none' }
/** Enough for the executables of all containers of a node. */
const MAX_CACHED_RESULTS = 20_000
/** Errors for a link, a folder, a device and a mount in place of the file; all others may pass, such as too many open files. */
const OTHER_KINDS: ReadonlySet<string> = new Set(['ELOOP', 'EISDIR', 'ENXIO', 'EXDEV'])
/** Layer for mounts that the runtime does not report: shared memory, or mounts by processes of the container. */
const OTHER_MOUNT = 'volume:(mounted in the container)'

/** Compares what processes run with the image of their container. Results are cached until the file changes. */
export class DriftDetector {
  readonly #hostRoot: string
  readonly #hashes: HashPool
  readonly #results = new LRUCache<string, Drift>({ max: MAX_CACHED_RESULTS })

  constructor(hostRoot: string, hashes: HashPool) {
    this.#hostRoot = hostRoot
    this.#hashes = hashes
  }

  /**
   * @returns `none` also when the layers of the container cannot be read, which coverage reports for the container, and for a process that has
   *   ended.
   */
  async detect(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift> {
    const key = cacheKey(container.containerId, program)
    const cached = this.#results.get(key)
    if (cached) return cached
    const drift = await this.#compareUncached(container, program)
    if (drift === undefined) return NONE
    this.#results.set(key, drift)
    return drift
  }

  /** @returns undefined when a layer cannot be read at present. */
  async #compareUncached(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift | undefined> {
    const mount = mountOf(container.mounts, program.path)
    if (mount)
      return mount.readOnly || isKubeletVolume(mount) || isNodeFolder(mount.source) ? NONE : { kind: 'volume', layer: volumeLayer(mount) }
    if (container.upperdir === '') return NONE
    return this.#compareWithImage(container, program)
  }

  /** Compares the running file itself, because a mount may hide the file with this path in the writable layer. */
  async #compareWithImage(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift | undefined> {
    for (const lowerdir of container.lowerdirs) {
      const imageFd = this.#openIn(lowerdir, program.path)
      if (imageFd === 'absent') continue
      if (imageFd === 'unreadable') return undefined
      // A layer of the image has deleted or replaced it.
      if (imageFd === 'other') break
      try {
        return (await this.#isSame(program, imageFd)) ? NONE : { kind: 'changed', layer: this.#layerOf(container, program) }
      } finally {
        closeSync(imageFd)
      }
    }
    return { kind: 'new', layer: this.#layerOf(container, program) }
  }

  async #isSame(program: RunningProgram, imageFd: number): Promise<boolean> {
    const [running, image] = [program.stat.identity, statOpened(imageFd).identity]
    if (running.sizeBytes !== image.sizeBytes) return false
    // The image's file, seen through the overlay. The ctime cannot be forged.
    if (running.inode === image.inode && running.changedAtNs === image.changedAtNs) return true
    const fd = await program.open()
    if (fd === undefined) return true
    try {
      const size = Number(image.sizeBytes)
      // A change of owner, mode or time also copies the file to the writable layer, so the content is compared.
      const [one, other] = await Promise.all([this.#hashes.hash(fd, size), this.#hashes.hash(imageFd, size)])
      return Buffer.from(one.sha256).equals(other.sha256)
    } finally {
      closeSync(fd)
    }
  }

  #layerOf({ upperdir }: ContainerInfoMessage, { path, stat }: RunningProgram): string {
    const upperFd = this.#openIn(upperdir, path)
    // Without its path, the location of a file is unknown.
    if (typeof upperFd !== 'number') return path.equals(PATH_TOO_LONG) ? 'upperdir' : OTHER_MOUNT
    try {
      return statOpened(upperFd).identity.inode === stat.identity.inode ? 'upperdir' : OTHER_MOUNT
    } finally {
      closeSync(upperFd)
    }
  }

  #openIn(layer: string, path: Buffer): number | 'absent' | 'other' | 'unreadable' {
    let layerFd: number | undefined
    try {
      layerFd = openRoot(this.#hostRoot, layer)
      return openBeneath(layerFd, path)
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      if (layerFd === undefined) return 'unreadable'
      if (error.errno === 'ENOENT' || error.errno === 'ENOTDIR') return 'absent'
      return OTHER_KINDS.has(error.errno) ? 'other' : 'unreadable'
    } finally {
      if (layerFd !== undefined) closeSync(layerFd)
    }
  }
}

/** Includes the path: under another path, the same file may differ from the file of the image. */
function cacheKey(containerId: string, { path, stat }: RunningProgram): string {
  const { device, inode, changedAtNs, sizeBytes } = stat.identity
  return `${containerId} ${device} ${inode} ${changedAtNs} ${sizeBytes} ${path.toString('latin1')}`
}
