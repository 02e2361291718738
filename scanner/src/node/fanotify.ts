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

/** Has to be asked for, else a file over 2 GiB could not be opened for its event. Its number depends on the architecture. */
const O_LARGEFILE = process.arch === 'arm64' ? 0o400000 : 0o100000
const O_CLOEXEC = 0o2000000
const EVENT_FLAGS = constants.O_RDONLY | constants.O_NOATIME | constants.O_NONBLOCK | O_LARGEFILE | O_CLOEXEC

/** One read opens a descriptor for each event in it, so it is kept small: 170 events. */
const READ_BYTES = 4096
/**
 * After a read the next one waits this long, and takes all that came meanwhile: a container that writes a thousand files a second costs 250 wake-ups, and
 * what is written in quiet times is still told at once.
 */
const BATCH_DELAY_MS = 4
/** A pause that brought as many as this is followed by a longer one. */
const BUSY_EVENT_COUNT = 16
const BUSY_BATCH_DELAY_MS = 16
/** Reads in one turn of the event loop; the rest waits for the next pause. */
const READS_PER_TURN = 16
/** Mounts whose place is remembered. */
const MAX_CACHED_PREFIXES = 1024

/** Events that nobody will see: what is watched has to be scanned. `unreadable`: the kernel or we could not open the file of an event. */
export type OverflowCause = 'kernel-queue' | 'open-descriptors' | 'unreadable'

export interface FileEventsOptions {
  /** All that one read gave, oldest first. */
  readonly onEvents: (events: readonly FileEvent[]) => void
  readonly onOverflow: (cause: OverflowCause) => void
  /** Where the node's root is mounted: "/host", or "/" on one machine. */
  readonly hostRoot: string
  /** More events than this that nobody has closed yet are an overflow. */
  readonly maxOpenEvents?: number
}

/**
 * Watches files of containers by a fanotify group; its events wake the event loop up. Dispose it to stop.
 *
 * The kernel's queue is bounded (fs.fanotify.max_queued_events, 16,384 events) on purpose: with an unbounded one a container that writes without
 * end takes the node's memory, while a full one is told and answered by a scan.
 *
 * @throws KernelError EPERM without CAP_SYS_ADMIN.
 */
export function openFileEvents(options: FileEventsOptions): FileEvents {
  const group = call.fanotifyInit(FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK, EVENT_FLAGS)
  if (group < 0) throw new KernelError('there is no fanotify', lastErrno())
  return new FileEvents(group, options)
}

export class FileEvents implements Disposable {
  readonly #group: number
  readonly #options: FileEventsOptions
  readonly #marks: FanotifyMarks
  readonly #poll: koffi.node.PollHandle
  readonly #scene: EventContext
  readonly #buffer = Buffer.alloc(READ_BYTES)
  readonly #watches = new Map<number, Watch>()
  readonly #prefixes = new Map<number, Buffer>()
  readonly #ignored = new Set([process.pid])
  readonly #maxOpenEvents: number
  #openEvents = 0
  #isOpen = true
  #gathering: NodeJS.Timeout | undefined

  constructor(group: number, options: FileEventsOptions) {
    this.#group = group
    this.#options = options
    this.#marks = new FanotifyMarks(group, options.hostRoot)
    this.#maxOpenEvents = options.maxOpenEvents ?? 1024
    this.#scene = {
      deviceOf: (mountId) => this.#watches.get(mountId)?.device,
      pathInContainer: (path, mountId) => this.#pathInContainer(path, mountId),
      onClosed: () => this.#openEvents--,
    }
    this.#poll = koffi.node.poll(group, { readable: true }, () => this.#onReadable())
  }

  /** Events that were given out and are not closed. */
  get openEvents(): number {
    return this.#openEvents
  }

  /**
   * Watches the overlay of a container, through whatever mount it is written to. Again for the same container changes nothing.
   *
   * @param pid a process of the container, as the node sees it.
   * @param rootOnNode where the overlay is mounted on the node, a path of this process; the process's own root when left out.
   * @throws KernelError ENOENT when it is gone; ENOTSUP when its root is no overlay, or the node's own root.
   */
  watchContainer(pid: number, rootOnNode?: string): Watch {
    return this.#remember(this.#marks.addContainer(pid, rootOnNode))
  }

  /**
   * Watches what a container does to one of its mounts. What others do to the same file system is not told: it is the container's own mount
   * that is marked.
   *
   * @param destination of the mount, as the container sees it.
   * @throws KernelError ENOENT; ENOTSUP when nothing is mounted there.
   */
  watchVolume(pid: number, destination: string): Watch {
    return this.#remember(this.#marks.addVolume(pid, destination))
  }

  /** Stops to watch. When the container and its mounts are gone, the kernel has done so already. */
  unwatch(watch: Watch): void {
    this.#watches.delete(watch.mountId)
    this.#prefixes.clear()
    try {
      this.#marks.remove(watch)
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
    }
  }

  /** Does not tell events of this process (clamd, for one). Our own are never told. */
  ignoreProcess(pid: number): void {
    this.#ignored.add(pid)
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    clearTimeout(this.#gathering)
    this.#poll.close()
    closeSync(this.#group)
  }

  #onReadable(): void {
    this.#poll.stop()
    this.#readOn()
  }

  /** Reads now and after each pause, until a pause brought nothing; then waits to be woken up again. */
  #readOn(): void {
    const count = this.#readAll()
    if (!this.#isOpen) return
    if (count > 0) this.#gathering = setTimeout(() => this.#readOn(), count < BUSY_EVENT_COUNT ? BATCH_DELAY_MS : BUSY_BATCH_DELAY_MS)
    else this.#poll.start({ readable: true }, () => this.#onReadable())
  }

  /** @returns how many there were. */
  #readAll(): number {
    let count = 0
    for (let reads = 0; reads < READS_PER_TURN && this.#isOpen; reads++) {
      const length = call.read(this.#group, this.#buffer, READ_BYTES)
      const raws = length > 0 ? decodeEvents(this.#buffer.subarray(0, length)) : []
      if (length === 0 || (length < 0 && lastErrno() === 'EAGAIN')) return count
      // The event whose file could not be opened is lost; the next can be read.
      if (length < 0) this.#options.onOverflow('unreadable')
      this.#take(raws)
      count += Math.max(1, raws.length)
    }
    return count
  }

  #take(raws: readonly RawEvent[]): void {
    const events: FileEvent[] = []
    const overflows = new Set<OverflowCause>()
    for (const raw of raws) {
      if (isQueueOverflow(raw)) overflows.add('kernel-queue')
      else if (raw.fd < 0) overflows.add('unreadable')
      else if (this.#ignored.has(raw.pid)) closeSync(raw.fd)
      else if (this.#openEvents >= this.#maxOpenEvents) {
        closeSync(raw.fd)
        overflows.add('open-descriptors')
      } else if (!this.#tell(raw, events)) overflows.add('unreadable')
    }
    if (events.length > 0) this.#options.onEvents(events)
    for (const cause of overflows) this.#options.onOverflow(cause)
  }

  #tell(raw: RawEvent, events: FileEvent[]): boolean {
    try {
      const told = createFileEvents(raw, this.#scene)
      this.#openEvents += told.length
      events.push(...told)
      return true
    } catch {
      closeSync(raw.fd)
      return false
    }
  }

  /** The kernel tells a path from the root of the mount's namespace. Through a mount of the node, the place of that mount is in front of it. */
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
