import { closeSync, constants } from 'node:fs'
import * as koffi from 'koffi'
import { createFileEvents, decodeEvents, type EventContext, type FileEvent, isQueueOverflow, type RawEvent } from './fanotify-event.js'
import { FAN_CLOEXEC, FAN_NONBLOCK } from './fanotify-flags.js'
import { FanotifyMarks, type MarkScope, type Watch } from './fanotify-marks.js'
import { O_CLOEXEC } from './kernel.js'
import { call, KernelError, lastErrno } from './libc.js'
import type { Mount } from './mountinfo.js'
import { readMounts } from './mounts.js'
import { appendPath, pathBelow, pathOnWatch } from './watched-path.js'

// linux/fanotify.h
const FAN_CLASS_NOTIF = 0

/** Required to open files over 2 GiB for their events. The value depends on the architecture. */
const O_LARGEFILE = process.arch === 'arm64' ? 0o400000 : 0o100000
const EVENT_FLAGS = constants.O_RDONLY | constants.O_NOATIME | constants.O_NONBLOCK | O_LARGEFILE | O_CLOEXEC

/** Buffer for 170 events. Kept small, because a read opens a descriptor for each event. */
const READ_BYTES = 4096
/**
 * Delay after a read, to read the following events in batches: a container that writes a thousand files per second causes 250 wake-ups. The
 * first event after an idle period is still reported immediately.
 */
const BATCH_DELAY_MS = 4
/** A batch with this many events is followed by the longer delay. */
const BUSY_EVENT_COUNT = 16
const BUSY_BATCH_DELAY_MS = 16
/** Maximum reads per turn of the event loop; remaining events are read after the next delay. */
const READS_PER_TURN = 16
/** Time without further modification events of a muted file. A file that is written all the time causes one event in this time. */
const MUTED_MS = 2000
/** Maximum number of cached mounts of the node. */
const MAX_CACHED_MOUNTS = 1024

/** Why events were lost, so that the watched files must be scanned. `unreadable`: the file of an event could not be opened. */
export type OverflowCause = 'kernel-queue' | 'open-descriptors' | 'unreadable'

export interface FileEventsOptions {
  /** Called with the events of one read, oldest first. */
  readonly onEvents: (events: readonly FileEvent[]) => void
  readonly onOverflow: (cause: OverflowCause) => void
  /** Where the node's root is mounted: "/host", or "/" without a container. */
  readonly hostRoot: string
  /** Maximum number of events that are not closed; more are an overflow. */
  readonly maxOpenEvents?: number
}

/**
 * Watches files of containers with a fanotify group that wakes up the event loop. Dispose it to stop.
 *
 * The kernel's queue is bounded (fs.fanotify.max_queued_events, 16,384 events) on purpose: with an unbounded queue, a container that writes
 * without end would exhaust the node's memory, while an overflow is reported and followed by a scan.
 *
 * @throws KernelError EPERM without CAP_SYS_ADMIN.
 */
export function openFileEvents(options: FileEventsOptions): FileEvents {
  const group = call.fanotifyInit(FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK, EVENT_FLAGS)
  if (group < 0) throw new KernelError('fanotify_init failed', lastErrno())
  return new FileEvents(group, options)
}

export class FileEvents implements Disposable {
  readonly #group: number
  readonly #options: FileEventsOptions
  readonly #marks: FanotifyMarks
  readonly #poll: koffi.node.PollHandle
  readonly #context: EventContext
  readonly #buffer = Buffer.alloc(READ_BYTES)
  readonly #watches = new Map<number, Watch>()
  readonly #mountsOfNode = new Map<number, Mount | undefined>()
  readonly #ignored = new Set([process.pid])
  readonly #maxOpenEvents: number
  #openEvents = 0
  #isOpen = true
  #nextRead: NodeJS.Timeout | undefined
  #unmute: NodeJS.Timeout | undefined

  constructor(group: number, options: FileEventsOptions) {
    this.#group = group
    this.#options = options
    this.#marks = new FanotifyMarks(group, options.hostRoot)
    this.#maxOpenEvents = options.maxOpenEvents ?? 1024
    this.#context = {
      deviceOf: (mountId) => this.#watches.get(mountId)?.device,
      pathInContainer: (path, mountId, device) => this.#pathInContainer(path, mountId, device),
      onClosed: () => this.#openEvents--,
    }
    this.#poll = koffi.node.poll(group, { readable: true }, () => this.#onReadable())
  }

  /** Number of delivered events that are not closed. */
  get openEvents(): number {
    return this.#openEvents
  }

  /**
   * Watches the overlay of a container, regardless of the mount that is used for writing. Idempotent.
   *
   * @param pid a process of the container, in the node's PID namespace.
   * @param rootOnNode mount point of the overlay on the node, as a path of this process; default: the root of the process `pid`.
   * @throws KernelError ENOENT when the process has ended; ENOTSUP when its root is not an overlay, or the node's own root.
   */
  watchContainer(pid: number, rootOnNode?: string): Watch {
    return this.#remember(this.#marks.addContainer(pid, rootOnNode))
  }

  /**
   * Watches a mount of a container.
   *
   * @param pid a process in the mount namespace of the mount.
   * @param scope "mount": writes by others to the same file system are not reported. "file-system": all writes are, by any mount of it.
   * @throws KernelError ENOENT; ESTALE when another file system is mounted there by now.
   */
  watchMount(pid: number, mount: Mount, scope: MarkScope): Watch {
    return this.#remember(this.#marks.addMount(pid, mount, scope))
  }

  /** Stops watching. If the mounts are gone, the kernel has already removed the mark. A file system that others watch keeps its mark. */
  unwatch(watch: Watch): void {
    this.#watches.delete(watch.mountId)
    this.#mountsOfNode.clear()
    if (watch.scope === 'file-system' && this.#watchOf(watch.device)) return
    try {
      this.#marks.remove(watch)
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
    }
  }

  /**
   * Ends the modification events of an open file for up to two seconds, because a program that writes all the time would cause hundreds per
   * second. The caller checks the file itself during that time.
   */
  muteModifications(event: FileEvent): void {
    this.#marks.mute(event.fd)
    this.#unmute ??= setTimeout(() => {
      this.#unmute = undefined
      this.#marks.unmuteAll()
    }, MUTED_MS)
  }

  /** Ignores the events of a process such as clamd. Events of our own process are always ignored. */
  ignoreProcess(pid: number): void {
    this.#ignored.add(pid)
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    clearTimeout(this.#nextRead)
    clearTimeout(this.#unmute)
    this.#poll.close()
    closeSync(this.#group)
  }

  #onReadable(): void {
    this.#poll.stop()
    this.#readBatches()
  }

  /** Reads now and after each delay until the queue is empty, then waits for the next wake-up. */
  #readBatches(): void {
    const count = this.#readQueue()
    if (!this.#isOpen) return
    if (count > 0) this.#nextRead = setTimeout(() => this.#readBatches(), count < BUSY_EVENT_COUNT ? BATCH_DELAY_MS : BUSY_BATCH_DELAY_MS)
    else this.#poll.start({ readable: true }, () => this.#onReadable())
  }

  /** @returns the number of events. */
  #readQueue(): number {
    let count = 0
    for (let reads = 0; reads < READS_PER_TURN && this.#isOpen; reads++) {
      const length = call.read(this.#group, this.#buffer, READ_BYTES)
      const raws = length > 0 ? decodeEvents(this.#buffer.subarray(0, length)) : []
      if (length === 0 || (length < 0 && lastErrno() === 'EAGAIN')) return count
      // The file of one event could not be opened, so this event is lost; the following ones can be read.
      if (length < 0) this.#options.onOverflow('unreadable')
      this.#dispatch(raws)
      count += Math.max(1, raws.length)
    }
    return count
  }

  #dispatch(raws: readonly RawEvent[]): void {
    const events: FileEvent[] = []
    const overflows = new Set<OverflowCause>()
    for (const raw of raws) {
      if (isQueueOverflow(raw)) overflows.add('kernel-queue')
      else if (raw.fd < 0) overflows.add('unreadable')
      else if (this.#ignored.has(raw.pid)) closeSync(raw.fd)
      else if (this.#openEvents >= this.#maxOpenEvents) {
        closeSync(raw.fd)
        overflows.add('open-descriptors')
      } else if (!this.#createEvents(raw, events)) overflows.add('unreadable')
    }
    if (events.length > 0) this.#options.onEvents(events)
    for (const cause of overflows) this.#options.onOverflow(cause)
  }

  #createEvents(raw: RawEvent, events: FileEvent[]): boolean {
    try {
      const created = createFileEvents(raw, this.#context)
      this.#openEvents += created.length
      events.push(...created)
      return true
    } catch {
      closeSync(raw.fd)
      return false
    }
  }

  /** The kernel returns paths from the root of the mount's namespace. For a mount of the node, they start with its mount point. */
  #pathInContainer(path: Buffer, mountId: number, device: bigint): Buffer {
    if (this.#watches.has(mountId)) return path
    const mount = this.#mountOfNode(mountId)
    const watch = this.#watchOf(device)
    if (!watch) return path
    if (mount) return pathOnWatch(path, mount, watch)
    // The mount namespace has ended since: the path starts at the root of the mount.
    return pathBelow(path, watch.mountPoint) ? path : appendPath(watch.mountPoint, path)
  }

  #watchOf(device: bigint): Watch | undefined {
    for (const watch of this.#watches.values()) if (watch.scope === 'file-system' && watch.device === device) return watch
    return undefined
  }

  /** Returns a mount of this process or of the node's first process; undefined for a mount of another namespace. */
  #mountOfNode(mountId: number): Mount | undefined {
    if (this.#mountsOfNode.has(mountId)) return this.#mountsOfNode.get(mountId)
    const { hostRoot } = this.#options
    const own = readMounts('/', process.pid)?.find(({ id }) => id === mountId)
    const mount = own ?? readMounts(hostRoot, 1)?.find(({ id }) => id === mountId)
    if (this.#mountsOfNode.size >= MAX_CACHED_MOUNTS) this.#mountsOfNode.clear()
    this.#mountsOfNode.set(mountId, mount)
    return mount
  }

  #remember(watch: Watch): Watch {
    this.#watches.set(watch.mountId, watch)
    return watch
  }
}
