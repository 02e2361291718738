import { closeSync, openSync } from 'node:fs'
import type { FileIdentity } from './file-identity.js'
import { type FileStat, statOpened } from './file-stat.js'
import { descriptorPath } from './kernel.js'
import { readLinkOrTooLong } from './proc-files.js'

/** Something that happened to a file of a container that is watched. Whoever takes it calls `close()` once, soon: it holds a file open. */
export interface FileEvent extends Disposable {
  readonly kind: 'written' | 'executed'
  /** Open for reading. Closed by `close()` only. */
  readonly fd: number
  /** Device of the container's overlay or of the volume's file system: what the watch says. */
  readonly device: bigint
  /** The mount that was used; a volume is told by it. 0 on kernels before 5.8. */
  readonly mountId: number
  /** Process that did it, as this PID namespace sees it; 0 when it does not. It may be gone. */
  readonly pid: number
  /**
   * As the container sees it, raw bytes; " (deleted)" at its end when its name was removed; PATH_TOO_LONG for one that is not told. Read when it is
   * asked for, which is before `close()`: most events are followed by another one of the same file.
   */
  readonly path: Buffer
  /** As the overlay tells it: not the same as that of the same file in the upper directory. */
  readonly identity: FileIdentity
  /** The file when the event was read. */
  readonly stat: FileStat
  close(): void
}

// linux/fanotify.h
export const FAN_CLOSE_WRITE = 0x8
export const FAN_OPEN_EXEC = 0x1000
const FAN_Q_OVERFLOW = 0x4000
const METADATA_VERSION = 3

/** `struct fanotify_event_metadata`, read out. */
export interface RawEvent {
  readonly mask: number
  /** -1 for an overflow. */
  readonly fd: number
  readonly pid: number
}

export function isQueueOverflow(raw: RawEvent): boolean {
  return (raw.mask & FAN_Q_OVERFLOW) !== 0
}

/** Reads out the events of one `read`. Pure. An event of another version of the structure ends it: its fields are not known. */
export function decodeEvents(bytes: Buffer): RawEvent[] {
  const events: RawEvent[] = []
  for (let at = 0; at + 24 <= bytes.length; ) {
    const lengthBytes = bytes.readUInt32LE(at)
    if (bytes.readUInt8(at + 4) !== METADATA_VERSION || lengthBytes < 24) return events
    events.push({ mask: Number(bytes.readBigUInt64LE(at + 8)), fd: bytes.readInt32LE(at + 16), pid: bytes.readInt32LE(at + 20) })
    at += lengthBytes
  }
  return events
}

/** What is needed to tell an event. */
export interface EventContext {
  /** The device that a mount's watch has; undefined for other mounts. */
  deviceOf(mountId: number): bigint | undefined
  /** The path in the container of a path that was told through a mount. */
  pathInContainer(path: Buffer, mountId: number): Buffer
  onClosed(): void
}

/**
 * Tells a raw event: one, or two when the kernel merged a write and a start by the same process.
 *
 * @throws when the descriptor cannot be looked at.
 */
export function createFileEvents(raw: RawEvent, scene: EventContext): FileEvent[] {
  const stat = statOpened(raw.fd)
  const make = (kind: FileEvent['kind'], fd: number) => new OpenedFileEvent({ kind, fd, pid: raw.pid, stat }, scene)
  const written = (raw.mask & FAN_CLOSE_WRITE) !== 0
  const executed = (raw.mask & FAN_OPEN_EXEC) !== 0
  if (written && executed) return [make('written', openSync(descriptorPath(raw.fd), 'r')), make('executed', raw.fd)]
  return [make(executed ? 'executed' : 'written', raw.fd)]
}

class OpenedFileEvent implements FileEvent {
  readonly kind: FileEvent['kind']
  readonly fd: number
  readonly pid: number
  readonly stat: FileStat
  readonly device: bigint
  readonly #scene: EventContext
  #path: Buffer | undefined
  #isOpen = true

  constructor({ kind, fd, pid, stat }: Pick<FileEvent, 'kind' | 'fd' | 'pid' | 'stat'>, scene: EventContext) {
    this.kind = kind
    this.fd = fd
    this.pid = pid
    this.stat = stat
    this.device = scene.deviceOf(stat.mountId) ?? stat.identity.device
    this.#scene = scene
  }

  get mountId(): number {
    return this.stat.mountId
  }

  get identity(): FileIdentity {
    return this.stat.identity
  }

  get path(): Buffer {
    this.#path ??= this.#readPath()
    return this.#path
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    closeSync(this.fd)
    this.#scene.onClosed()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #readPath(): Buffer {
    // The number of a closed descriptor may be another file's by now.
    if (!this.#isOpen) throw new Error('the event is closed')
    return this.#scene.pathInContainer(readLinkOrTooLong(descriptorPath(this.fd)), this.mountId)
  }
}
