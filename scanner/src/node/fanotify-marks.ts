import { closeSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { FAN_CLOSE_WRITE, FAN_MODIFY, FAN_OPEN_EXEC } from './fanotify-event.js'
import { statOpened } from './file-stat.js'
import { descriptorPath, openPath, openPathInside } from './kernel.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

// linux/fanotify.h, linux/fcntl.h
const FAN_MARK_ADD = 1
const FAN_MARK_REMOVE = 2
const FAN_MARK_IGNORED_MASK = 0x20
const FAN_MARK_IGNORED_SURV_MODIFY = 0x40
const FAN_MARK_FLUSH = 0x80
const FAN_MARK_MOUNT = 0x10
const FAN_MARK_FILESYSTEM = 0x100
/** Since Linux 5.19. Without it, the mark keeps the inode in memory until `unmuteAll`. */
const FAN_MARK_EVICTABLE = 0x200
const AT_FDCWD = -100
/** linux/magic.h */
const OVERLAYFS_SUPER_MAGIC = 0x794c7630

/** A watched container or volume. Its events have its `device` (container) or `mountId` (volume). */
export interface Watch {
  readonly kind: 'container' | 'volume'
  readonly pid: number
  readonly device: bigint
  readonly mountId: number
  /** Mount point of a volume in the container; "/" for a container. */
  readonly destination: string
}

/** Adds and removes marks of a fanotify group on mounts of containers. */
export class FanotifyMarks {
  readonly #group: number
  readonly #hostRoot: string

  constructor(group: number, hostRoot: string) {
    this.#group = group
    this.#hostRoot = hostRoot
  }

  /**
   * Marks the overlay of a container's root.
   *
   * @param pid a process of the container.
   * @param rootOnNode mount point of the overlay on the node, for a container whose first process has created its own root.
   * @throws KernelError
   */
  addContainer(pid: number, rootOnNode?: string): Watch {
    const own = this.#withRootOf(pid, statOpened)
    return withDescriptor(openPath(rootOnNode ?? this.#rootOf(pid)), (rootFd) => {
      const { identity, mountId } = statOpened(rootFd)
      if (statfsSync(descriptorPath(rootFd)).type !== OVERLAYFS_SUPER_MAGIC)
        throw new KernelError('the root of the container is not an overlay', 'ENOTSUP')
      if (identity.device === this.#deviceOfNode()) throw new KernelError("the root of the process is the node's root", 'ENOTSUP')
      this.#mark(FAN_MARK_ADD | FAN_MARK_FILESYSTEM, rootFd)
      // Events carry the container's own mount, unless that is another file system.
      return {
        kind: 'container',
        pid,
        device: identity.device,
        mountId: own.identity.device === identity.device ? own.mountId : mountId,
        destination: '/',
      }
    })
  }

  /** Marks a mount of the container of a process. @throws KernelError */
  addVolume(pid: number, destination: string): Watch {
    return this.#withRootOf(pid, (rootFd) =>
      withPathInside(rootFd, destination, (volumeFd) => {
        const { identity, mountId } = statOpened(volumeFd)
        if (mountId === statOpened(rootFd).mountId) throw new KernelError(`nothing is mounted at ${destination}`, 'ENOTSUP')
        this.#mark(FAN_MARK_ADD | FAN_MARK_MOUNT, volumeFd)
        return { kind: 'volume', pid, device: identity.device, mountId, destination }
      }),
    )
  }

  /** Removes a mark. @throws KernelError when the process has ended, which also removes its mounts and their marks. */
  remove(watch: Watch): void {
    this.#withRootOf(watch.pid, (rootFd) =>
      withPathInside(rootFd, watch.destination, (fd) => {
        // The process id may have been reused by another container, whose mark must stay.
        if (statOpened(fd).mountId !== watch.mountId) return
        this.#mark(FAN_MARK_REMOVE | (watch.kind === 'container' ? FAN_MARK_FILESYSTEM : FAN_MARK_MOUNT), fd)
      }),
    )
  }

  /** Ignores further modifications of an open file. Its closes and executions are still reported. */
  mute(fd: number): void {
    const flags = FAN_MARK_ADD | FAN_MARK_IGNORED_MASK | FAN_MARK_IGNORED_SURV_MODIFY
    if (this.#call(flags | FAN_MARK_EVICTABLE, FAN_MODIFY, fd) < 0) this.#call(flags, FAN_MODIFY, fd)
  }

  /** Removes the marks of all muted files. The marks of containers and volumes are of other types and stay. */
  unmuteAll(): void {
    call.fanotifyMark(this.#group, FAN_MARK_FLUSH, 0, AT_FDCWD, kernelPath(Buffer.from('/')))
  }

  #mark(flags: number, fd: number): void {
    if (this.#call(flags, FAN_MODIFY | FAN_CLOSE_WRITE | FAN_OPEN_EXEC, fd) < 0) throw new KernelError('fanotify_mark failed', lastErrno())
  }

  #call(flags: number, mask: number, fd: number): number {
    return call.fanotifyMark(this.#group, flags, mask, AT_FDCWD, kernelPath(Buffer.from(descriptorPath(fd))))
  }

  #withRootOf<Result>(pid: number, use: (fd: number) => Result): Result {
    return withDescriptor(openPath(this.#rootOf(pid)), use)
  }

  #rootOf(pid: number): string {
    return join(this.#hostRoot, 'proc', String(pid), 'root')
  }

  #deviceOfNode(): bigint {
    return withDescriptor(openPath(this.#hostRoot), (fd) => statOpened(fd).identity.device)
  }
}

function withPathInside<Result>(rootFd: number, path: string, use: (fd: number) => Result): Result {
  return withDescriptor(openPathInside(rootFd, Buffer.from(path)), use)
}

function withDescriptor<Result>(fd: number, use: (fd: number) => Result): Result {
  try {
    return use(fd)
  } finally {
    closeSync(fd)
  }
}
