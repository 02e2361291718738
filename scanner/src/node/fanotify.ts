import { closeSync, constants, readFileSync } from 'node:fs'
import * as koffi from 'koffi'
import { createFileEvents, decodeEvents, type EventContext, type FileEvent, isQueueOverflow, type RawEvent } from './fanotify-event.js'
import { FanotifyMarks, type Watch } from './fanotify-marks.js'
import { call, KernelError, lastErrno } from './libc.js'
import { parseMountinfo } from './mountinfo.js'

// linux/fanotify.h
const FAN_CLASS_NOTIF = 0
const FAN_CLOEXEC = 1
const FAN_NONBLOCK = 2

/** Required to open files over 2 GiB for their events. The value depends on the architecture. */
const O_LARGEFILE = process.arch === 'arm64' ? 0o400000 : 0o100000
const O_CLOEXEC = 0o2000000
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
/** Maximum number of mounts with a cached mount point. */
const MAX_CACHED_PREFIXES = 1024

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
  readonly #prefixes = new Map<number, Buffer>()
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
      pathInContainer: (path, mountId) => this.#pathInContainer(path, mountId),
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
   * Watches a volume of a container. Writes by others to the same file system are not reported, because only the container's mount is marked.
   *
   * @param destination mount point in the container.
   * @throws KernelError ENOENT; ENOTSUP when nothing is mounted there.
   */
  watchVolume(pid: number, destination: string): Watch {
    return this.#remember(this.#marks.addVolume(pid, destination))
  }

  /** Stops watching. If the container and its mounts are gone, the kernel has already removed the mark. */
  unwatch(watch: Watch): void {
    this.#watches.delete(watch.mountId)
    this.#prefixes.clear()
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
  #pathInContainer(path: Buffer, mountId: number): Buffer {
    if (this.#watches.has(mountId)) return path
    const prefix = this.#prefixOf(mountId)
    if (prefix.length <= 1 || !path.subarray(0, prefix.length).equals(prefix)) return path
    return path.subarray(prefix.length)
  }

  #prefixOf(mountId: number): Buffer {
    const known = this.#prefixes.get(mountId)
    if (known) return known
    const mount = parseMountinfo(readFileSync('/proc/self/mountinfo')).find(({ id }) => id === mountId)
    const prefix = mount?.mountPoint ?? Buffer.alloc(0)
    if (this.#prefixes.size >= MAX_CACHED_PREFIXES) this.#prefixes.clear()
    this.#prefixes.set(mountId, prefix)
    return prefix
  }

  #remember(watch: Watch): Watch {
    this.#watches.set(watch.mountId, watch)
    return watch
  }
}
