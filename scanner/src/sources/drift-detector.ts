import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts'
import { LRUCache } from 'lru-cache'
import type { HashPool } from '../engines/hash-pool.js'
import { type FileStat, statOpened } from '../node/file-stat.js'
import { openBeneath, openRoot } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { PATH_TOO_LONG } from '../node/proc-files.js'
import { classifyMount, mountOf, volumeLayer } from './volume.js'

/** How an executable differs from the image of its container. */
export type Drift =
  | { readonly kind: 'none' }
  /** Not in the image at all. */
  | { readonly kind: 'new'; readonly layer: string }
  /** In the image, with other content. */
  | { readonly kind: 'changed'; readonly layer: string }
  /** On a volume that the container can write to. */
  | { readonly kind: 'volume'; readonly layer: string }

/** An executable that runs. */
export interface RunningProgram {
  /** As the container sees it, links resolved, as /proc/<pid>/exe has it. */
  readonly path: Buffer
  /** As its process sees it. */
  readonly stat: FileStat
  /** Opens it for reading; whoever calls closes it. Undefined when the process ended. @throws KernelError */
  readonly open: () => number | undefined
}

const NONE: Drift = { kind: 'none' }
/** Executables of a node, its containers' tools included. */
const MAX_CACHED_RESULTS = 20_000
/** What is mounted in a container and not told by its runtime: shared memory, or what a process mounted itself. */
const OTHER_MOUNT = 'volume:(mounted in the container)'

/** Compares executables that run with the image of their container. What was judged is remembered until the file changes. */
export class DriftDetector {
  readonly #hostRoot: string
  readonly #hashes: HashPool
  readonly #judged = new LRUCache<string, Drift>({ max: MAX_CACHED_RESULTS })

  constructor(hostRoot: string, hashes: HashPool) {
    this.#hostRoot = hostRoot
    this.#hashes = hashes
  }

  /**
   * @returns `none` too when the layers of the container cannot be read (coverage says so for the whole container), and for a process that ended.
   */
  async detect(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift> {
    const key = cacheKey(container.containerId, program)
    const known = this.#judged.get(key)
    if (known) return known
    const drift = await this.#look(container, program)
    this.#judged.set(key, drift)
    return drift
  }

  async #look(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift> {
    const mount = mountOf(container.mounts, program.path)
    if (mount) return mount.readOnly || classifyMount(mount) === 'node' ? NONE : { kind: 'volume', layer: volumeLayer(mount) }
    if (container.upperdir === '') return NONE
    return this.#compare(container, program)
  }

  /** It is the file that runs that is compared: what has its name in the writable layer may be hidden by a mount. */
  async #compare(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift> {
    for (const lowerdir of container.lowerdirs) {
      const imageFd = this.#openIn(lowerdir, program.path)
      if (imageFd === 'absent') continue
      // A layer of the image deleted it, or made something else of it.
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
    // The image's own file, through the overlay. Nobody can give another file this time of change.
    if (running.inode === image.inode && running.changedAtNs === image.changedAtNs) return true
    const fd = program.open()
    if (fd === undefined) return true
    try {
      const size = Number(image.sizeBytes)
      // A change of owner, mode or time copies a file up as well: only its content counts.
      const [one, other] = await Promise.all([this.#hashes.hash(fd, size), this.#hashes.hash(imageFd, size)])
      return Buffer.from(one.sha256).equals(other.sha256)
    } finally {
      closeSync(fd)
    }
  }

  #layerOf({ upperdir }: ContainerInfoMessage, { path, stat }: RunningProgram): string {
    const upperFd = this.#openIn(upperdir, path)
    // Nobody could say where a file is whose path is not told.
    if (typeof upperFd !== 'number') return path.equals(PATH_TOO_LONG) ? 'upperdir' : OTHER_MOUNT
    try {
      return statOpened(upperFd).identity.inode === stat.identity.inode ? 'upperdir' : OTHER_MOUNT
    } finally {
      closeSync(upperFd)
    }
  }

  #openIn(layer: string, path: Buffer): number | 'absent' | 'other' {
    try {
      const layerFd = openRoot(this.#hostRoot, layer)
      try {
        return openBeneath(layerFd, path)
      } finally {
        closeSync(layerFd)
      }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      return error.errno === 'ENOENT' || error.errno === 'ENOTDIR' ? 'absent' : 'other'
    }
  }
}

/** With the path: the same file under another name, a link to a shell for one, is not what the image has there. */
function cacheKey(containerId: string, { path, stat }: RunningProgram): string {
  const { device, inode, changedAtNs, sizeBytes } = stat.identity
  return `${containerId} ${device} ${inode} ${changedAtNs} ${sizeBytes} ${path.toString('latin1')}`
}
