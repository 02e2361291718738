import { fileSystemKind } from './file-system-types.js'
import { mountNamespaceOf } from './mount-namespaces.js'
import type { Mount } from './mountinfo.js'
import { readMounts } from './mounts.js'

/** A container that mounts and exits is caught by the next read. */
const CACHE_MS = 2000
const MAX_NAMESPACES = 1000

interface Namespace {
  readonly readAtMs: number
  readonly hasForeign: boolean
}

/**
 * Answers questions about the mounts of processes from the text of mountinfo, which the kernel creates without asking any file system.
 */
export class MountTable {
  readonly #hostRoot: string
  readonly #namespaces = new Map<string, Namespace>()

  constructor(hostRoot: string) {
    this.#hostRoot = hostRoot
  }

  /** Reads the mounts of a process's namespace; undefined when it has ended. */
  mountsOf(pid: number): readonly Mount[] | undefined {
    return readMounts(this.#hostRoot, pid)
  }

  /**
   * True when a process can reach a file system that depends on a server. Its memory may then be backed by such files, so that even reading its
   * arguments can block. Cached for a moment.
   */
  reachesForeign(pid: number): boolean {
    const name = mountNamespaceOf(this.#hostRoot, pid)
    if (name === undefined) return true
    const known = this.#namespaces.get(name)
    if (known && performance.now() - known.readAtMs < CACHE_MS) return known.hasForeign
    const mounts = this.mountsOf(pid)
    const hasForeign = mounts?.some(({ fileSystem }) => fileSystemKind(fileSystem) === 'remote') ?? true
    if (this.#namespaces.size >= MAX_NAMESPACES) this.#namespaces.clear()
    if (mounts) this.#namespaces.set(name, { readAtMs: performance.now(), hasForeign })
    return hasForeign
  }
}

/** Finds the mount of a device, "major:minor". Pure. */
export function mountOfDevice(mounts: readonly Mount[], device: string): Mount | undefined {
  return mounts.find((mount) => mount.device === device)
}

/** Finds the mount that contains an absolute path: the last one of those with the longest mount point. Pure. */
export function mountOfPath(mounts: readonly Mount[], path: Buffer): Mount | undefined {
  let best: Mount | undefined
  for (const mount of mounts) {
    const { mountPoint } = mount
    const isRoot = mountPoint.length === 1
    const contains =
      isRoot || (path.subarray(0, mountPoint.length).equals(mountPoint) && [undefined, 0x2f].includes(path[mountPoint.length]))
    if (contains && mountPoint.length >= (best?.mountPoint.length ?? 0)) best = mount
  }
  return best
}
