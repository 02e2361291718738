import { closeSync, statfsSync } from 'node:fs'
import { FAN_CLOSE_WRITE, FAN_MODIFY, FAN_OPEN_EXEC } from './fanotify-event.js'
import { AT_FDCWD, FAN_MARK_ADD, FAN_MARK_FILESYSTEM } from './fanotify-flags.js'
import { statOpened } from './file-stat.js'
import { descriptorPath, openPath } from './kernel.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'
import type { Mount } from './mountinfo.js'
import { deviceOfMount, openMount, readMounts } from './mounts.js'
import { NODE_PID } from './proc-files.js'

// linux/fanotify.h
const FAN_MARK_REMOVE = 2
const FAN_MARK_IGNORED_MASK = 0x20
const FAN_MARK_IGNORED_SURV_MODIFY = 0x40
const FAN_MARK_FLUSH = 0x80
const FAN_MARK_MOUNT = 0x10
/** Since Linux 5.19. Without it, the mark keeps the inode in memory until `unmuteAll`. */
const FAN_MARK_EVICTABLE = 0x200
/** linux/magic.h */
const OVERLAYFS_SUPER_MAGIC = 0x794c7630

/** What a mark covers: a file system with all of its mounts, in any mount namespace, or one mount only. */
export type MarkScope = 'file-system' | 'mount'

/** A watched container or mount. Its events have its `mountId` or, with the scope of a file system, its `device`. */
export interface Watch {
  readonly scope: MarkScope
  readonly pid: number
  readonly device: bigint
  readonly mountId: number
  /** Mount point in the mount namespace of the process; "/" for a container. */
  readonly mountPoint: Buffer
  /** Folder or file of the file system that is mounted there. */
  readonly root: Buffer
  /** Where the overlay of a container is mounted on the node, as a path of this process. */
  readonly rootOnNode?: string | undefined
}

/** Adds and removes marks of a fanotify group on mounts of containers. No call waits for a file system that is not local. */
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
    const own = readMounts(this.#hostRoot, pid)?.findLast(isRoot)
    if (!own) throw new KernelError('the process has no root', 'ENOENT')
    if (rootOnNode === undefined && own.fileSystem !== 'overlay')
      throw new KernelError('the root of the container is not an overlay', 'ENOTSUP')
    return withDescriptor(rootOnNode === undefined ? openMount(this.#hostRoot, pid, own) : openPath(rootOnNode), (rootFd) => {
      const { identity, mountId } = statOpened(rootFd)
      if (statfsSync(descriptorPath(rootFd)).type !== OVERLAYFS_SUPER_MAGIC)
        throw new KernelError('the root of the container is not an overlay', 'ENOTSUP')
      if (identity.device === this.#deviceOfNode()) throw new KernelError("the root of the process is the node's root", 'ENOTSUP')
      this.#mark(FAN_MARK_ADD | FAN_MARK_FILESYSTEM, rootFd)
      // Events carry the container's own mount, unless that is another file system.
      return {
        scope: 'file-system',
        pid,
        device: identity.device,
        mountId: deviceOfMount(own) === identity.device ? own.id : mountId,
        mountPoint: own.mountPoint,
        root: Buffer.from('/'),
        rootOnNode,
      }
    })
  }

  /** Marks a mount of the container of a process, or its whole file system. @throws KernelError */
  addMount(pid: number, mount: Mount, scope: MarkScope): Watch {
    return withDescriptor(openMount(this.#hostRoot, pid, mount), (fd) => {
      const { identity } = statOpened(fd)
      this.#mark(FAN_MARK_ADD | flagOf(scope), fd)
      return { scope, pid, device: identity.device, mountId: mount.id, mountPoint: mount.mountPoint, root: mount.root }
    })
  }

  /** Removes a mark. @throws KernelError when the mount no longer exists, which has also removed its mark. */
  remove(watch: Watch): void {
    withDescriptor(this.#reopen(watch), (fd) => {
      // The path may lead to the overlay of another container by now, whose mark must stay.
      if (statOpened(fd).identity.device === watch.device) this.#mark(FAN_MARK_REMOVE | flagOf(watch.scope), fd)
    })
  }

  #reopen(watch: Watch): number {
    if (watch.rootOnNode !== undefined) return openPath(watch.rootOnNode)
    try {
      return openMount(this.#hostRoot, watch.pid, { id: watch.mountId, mountPoint: watch.mountPoint })
    } catch (error) {
      // A file system outlives the container that used it: it may be that of a volume that is still mounted on the node.
      const onNode = watch.scope === 'file-system' && readMounts(this.#hostRoot, NODE_PID)?.find((mount) => isOn(watch.device, mount))
      if (!onNode) throw error
      return openMount(this.#hostRoot, NODE_PID, onNode)
    }
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

  #deviceOfNode(): bigint {
    return withDescriptor(openPath(this.#hostRoot), (fd) => statOpened(fd).identity.device)
  }
}

function flagOf(scope: MarkScope): number {
  return scope === 'mount' ? FAN_MARK_MOUNT : FAN_MARK_FILESYSTEM
}

function isRoot({ mountPoint }: Mount): boolean {
  return mountPoint.toString('latin1') === '/'
}

function isOn(device: bigint, mount: Mount): boolean {
  return deviceOfMount(mount) === device
}

function withDescriptor<Result>(fd: number, use: (fd: number) => Result): Result {
  try {
    return use(fd)
  } finally {
    closeSync(fd)
  }
}
