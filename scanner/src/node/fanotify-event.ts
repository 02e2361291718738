import { closeSync, openSync } from 'node:fs'
import type { FileIdentity } from './file-identity.js'
import { type FileStat, statOpened } from './file-stat.js'
import { descriptorPath } from './kernel.js'
import { readLinkOrTooLong } from './proc-files.js'

/** An event on a file of a watched container. It holds the file open, so its consumer must call `close()` soon. */
export interface FileEvent extends Disposable {
  /** `modified`: written and still open for writing. Further ones of the same file may be muted by `FileEvents.muteModifications`. */
  readonly kind: 'written' | 'modified' | 'executed'
  /** Open for reading. Closed by `close()` only. */
  readonly fd: number
  /** Device of the container's overlay or the volume's file system, as in the `Watch`. */
  readonly device: bigint
  /** Id of the mount that was used, which identifies a volume. 0 on kernels before 5.8. */
  readonly mountId: number
  /** Process that caused the event, in our PID namespace; 0 if it is not in it. It may have ended. */
  readonly pid: number
  /**
   * Path in the container, or in the mount namespace of its process, raw bytes; with the suffix " (deleted)" when the name was removed; PATH_TOO_LONG when the kernel does not return it.
   * Read on first access, because most events are replaced by a later one of the same file. Not available after `close()`.
   */
  readonly path: Buffer
  /** Identity on the overlay, which differs from that of the same file in the upper directory. */
  readonly identity: FileIdentity
  /** State of the file when the event was read. */
  readonly stat: FileStat
  close(): void
}

// linux/fanotify.h
export const FAN_MODIFY = 0x2
export const FAN_CLOSE_WRITE = 0x8
export const FAN_OPEN_EXEC = 0x1000
const FAN_Q_OVERFLOW = 0x4000
const METADATA_VERSION = 3

/** Decoded `struct fanotify_event_metadata`. */
export interface RawEvent {
  readonly mask: number
  /** -1 for an overflow. */
  readonly fd: number
  readonly pid: number
}

export function isQueueOverflow(raw: RawEvent): boolean {
  return (raw.mask & FAN_Q_OVERFLOW) !== 0
}

/** Decodes the events of one `read`. Stops at an event with another version of the structure, whose fields are unknown. Pure. */
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

/** Context for creating events. */
export interface EventContext {
  /** Returns the device of the watch on a mount; undefined for other mounts. */
  deviceOf(mountId: number): bigint | undefined
  /** Converts a path that the kernel returned for a mount to the path in the container. */
  pathInContainer(path: Buffer, mountId: number, device: bigint): Buffer
  onClosed(): void
}

/**
 * Creates the event for a raw event; two if the kernel merged a write and an execution by the same process. The kernel also merges a
 * modification with the following close.
 *
 * @throws KernelError when the descriptor cannot be read.
 */
export function createFileEvents(raw: RawEvent, context: EventContext): FileEvent[] {
  const stat = statOpened(raw.fd)
  const create = (kind: FileEvent['kind'], fd: number) => new OpenedFileEvent({ kind, fd, pid: raw.pid, stat }, context)
  const written = (raw.mask & FAN_CLOSE_WRITE) !== 0
  const executed = (raw.mask & FAN_OPEN_EXEC) !== 0
  if (written && executed) return [create('written', openSync(descriptorPath(raw.fd), 'r')), create('executed', raw.fd)]
  if (executed) return [create('executed', raw.fd)]
  return [create(written ? 'written' : 'modified', raw.fd)]
}

class OpenedFileEvent implements FileEvent {
  readonly kind: FileEvent['kind']
  readonly fd: number
  readonly pid: number
  readonly stat: FileStat
  readonly device: bigint
  readonly #context: EventContext
  #path: Buffer | undefined
  #isOpen = true

  constructor({ kind, fd, pid, stat }: Pick<FileEvent, 'kind' | 'fd' | 'pid' | 'stat'>, context: EventContext) {
    this.kind = kind
    this.fd = fd
    this.pid = pid
    this.stat = stat
    this.device = context.deviceOf(stat.mountId) ?? stat.identity.device
    this.#context = context
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
    this.#context.onClosed()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #readPath(): Buffer {
    // The number of a closed descriptor may already belong to another file.
    if (!this.#isOpen) throw new Error('the event is closed')
    return this.#context.pathInContainer(readLinkOrTooLong(descriptorPath(this.fd)), this.mountId, this.device)
  }
}
