import { closeSync, constants } from 'node:fs'
import * as koffi from 'koffi'
import { LRUCache } from 'lru-cache'
import { AT_FDCWD, FAN_CLOEXEC, FAN_MARK_ADD, FAN_MARK_FILESYSTEM, FAN_NONBLOCK } from './fanotify-flags.js'
import { statOpened } from './file-stat.js'
import { descriptorPath, O_CLOEXEC, O_PATH, openBeneath, openRoot } from './kernel.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'
import { decodeNameEvents, type RawNameEvent } from './name-event.js'
import { readLinkOrTooLong } from './proc-files.js'
import { unpooled } from './unpooled.js'

// linux/fanotify.h
const FAN_REPORT_DFID_NAME = 0xc00
const FAN_ATTRIB = 0x4
const FAN_MOVED_TO = 0x80
const FAN_CREATE = 0x100

const READ_BYTES = 65_536
const READS_PER_TURN = 8
/** Changed names are checked a second later anyway, so they are read in large batches. */
const BATCH_DELAY_MS = 100
/** The path of a folder may change, and the folder of another program may become one of a container. */
const FOLDER_TTL_MS = 10_000
const MAX_FOLDERS = 10_000
const SLASH = Buffer.from('/')

/** A changed name in an upper directory. */
export interface NameEvent {
  readonly containerId: string
  /** Path in the container, raw bytes. */
  readonly path: Buffer
}

interface FolderPlace {
  readonly containerId: string
  /** Path in the container, with a slash at the end. */
  readonly path: Buffer
}

/**
 * Watches the file systems that hold upper directories for names that are created, linked, renamed or copied up, or whose file got other
 * attributes, in the container or on the node. Other than file events, these reach the file system below the overlay on all kernels since 5.9,
 * while overlayfs itself supports no events with names. Events of the node's own files are dropped.
 *
 * The kernel's queue is bounded; lost events are compensated by the periodic walk for changed files.
 */
export class NameEvents implements Disposable {
  readonly #group: number
  readonly #hostRoot: string
  readonly #onNames: (events: readonly NameEvent[]) => void
  readonly #poll: koffi.node.PollHandle
  readonly #buffer = Buffer.alloc(READ_BYTES)
  /** One folder of each watched file system, by its device. */
  readonly #mounts = new Map<bigint, number>()
  /** Paths of the upper directories for this process, with a slash at the end. */
  readonly #upperdirs = new Map<string, Buffer>()
  readonly #folders = new LRUCache<string, FolderPlace | 'other'>({ max: MAX_FOLDERS, ttl: FOLDER_TTL_MS })
  #timer: NodeJS.Timeout | undefined

  /** @throws KernelError EINVAL on kernels before 5.9; EPERM without CAP_SYS_ADMIN. */
  constructor(hostRoot: string, onNames: (events: readonly NameEvent[]) => void) {
    this.#group = call.fanotifyInit(FAN_CLOEXEC | FAN_NONBLOCK | FAN_REPORT_DFID_NAME, constants.O_RDONLY)
    if (this.#group < 0) throw new KernelError('fanotify_init failed', lastErrno())
    this.#hostRoot = hostRoot
    this.#onNames = onNames
    this.#poll = koffi.node.poll(this.#group, { readable: true }, () => this.#onReadable())
  }

  /** Watches an upper directory. @throws KernelError, for example EOPNOTSUPP when its file system has no file handles. */
  watch(containerId: string, upperdir: string): void {
    const fd = openRoot(this.#hostRoot, upperdir)
    try {
      const { device } = statOpened(fd).identity
      if (!this.#mounts.has(device)) this.#mounts.set(device, this.#mark(fd))
      this.#upperdirs.set(containerId, Buffer.concat([readLinkOrTooLong(descriptorPath(fd)), SLASH]))
    } finally {
      closeSync(fd)
    }
    this.#folders.clear()
  }

  unwatch(containerId: string): void {
    this.#upperdirs.delete(containerId)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#poll.close()
    closeSync(this.#group)
    for (const fd of this.#mounts.values()) closeSync(fd)
  }

  /** @returns a descriptor for `open_by_handle_at`. */
  #mark(upperFd: number): number {
    const path = kernelPath(Buffer.from(descriptorPath(upperFd)))
    const mask = FAN_ATTRIB | FAN_MOVED_TO | FAN_CREATE
    if (call.fanotifyMark(this.#group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, mask, AT_FDCWD, path) < 0)
      throw new KernelError('fanotify_mark failed', lastErrno())
    return openBeneath(upperFd, Buffer.from('.'), 'folder')
  }

  #onReadable(): void {
    this.#poll.stop()
    this.#timer = setTimeout(() => {
      this.#read()
      this.#poll.start({ readable: true }, () => this.#onReadable())
    }, BATCH_DELAY_MS)
  }

  #read(): void {
    const named: NameEvent[] = []
    for (let reads = 0; reads < READS_PER_TURN; reads++) {
      const length = call.read(this.#group, this.#buffer, READ_BYTES)
      if (length <= 0) break
      for (const raw of decodeNameEvents(this.#buffer.subarray(0, length))) {
        const event = this.#eventOf(raw)
        if (event) named.push(event)
      }
    }
    if (named.length > 0) this.#onNames(named)
  }

  #eventOf({ folderHandle, name }: RawNameEvent): NameEvent | undefined {
    const key = folderHandle.toString('latin1')
    let place = this.#folders.get(key)
    if (!place) {
      place = this.#placeOf(folderHandle) ?? 'other'
      this.#folders.set(key, place)
    }
    return place === 'other' ? undefined : { containerId: place.containerId, path: Buffer.concat([place.path, name]) }
  }

  #placeOf(folderHandle: Buffer): FolderPlace | undefined {
    for (const mountFd of this.#mounts.values()) {
      const fd = call.openByHandleAt(mountFd, folderHandle, O_PATH | O_CLOEXEC)
      if (fd < 0) continue
      try {
        // A folder whose path is too long matches no container; walks find what changes in it.
        return this.#placeOfPath(Buffer.concat([readLinkOrTooLong(descriptorPath(fd)), SLASH]))
      } finally {
        closeSync(fd)
      }
    }
    return undefined
  }

  #placeOfPath(path: Buffer): FolderPlace | undefined {
    for (const [containerId, upperdir] of this.#upperdirs)
      if (path.subarray(0, upperdir.length).equals(upperdir)) return { containerId, path: unpooled(path.subarray(upperdir.length - 1)) }
    return undefined
  }
}
