import { openSync } from 'node:fs'
import { join } from 'node:path'
import { call } from './libc.js'

const POLLPRI = 2
/** Of `struct pollfd`: descriptor, requested and returned events. */
const ENTRY_BYTES = 8
const EVENTS_OFFSET = 4

/**
 * Notices changes in a mount namespace without reading its mounts. For the node only: the open file keeps the namespace alive, so that volumes
 * of a container could not be detached. Source: proc_pid_mounts(5).
 */
export class MountChanges {
  readonly #entry = Buffer.alloc(ENTRY_BYTES)

  constructor(hostRoot: string, pid: number) {
    this.#entry.writeInt32LE(openSync(join(hostRoot, 'proc', String(pid), 'mountinfo'), 'r'))
    this.#entry.writeInt16LE(POLLPRI, EVENTS_OFFSET)
  }

  /** Returns true if a mount was added, moved or removed since the last call, or since the creation of this object. */
  take(): boolean {
    return call.poll(this.#entry, 1, 0) !== 0
  }
}
