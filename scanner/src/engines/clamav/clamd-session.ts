import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import { GuardError, messageOf } from '@guardimesh/kit'
import { requirePeerUid } from '../../node/peer-credentials.js'
import { connectUnix, sendDescriptor } from '../../node/unix-descriptor.js'
import { type ClamdAnswer, ReplyReader, SCAN_DESCRIPTOR, SESSION_START } from './clamd-protocol.js'

/** Buffer size of a read: answers usually have 20 bytes, and Node would allocate 64 KiB per read. */
const REPLIES_BYTES = 4096

interface PendingScan {
  resolve(answer: ClamdAnswer): void
  reject(error: GuardError): void
}

/**
 * A persistent connection to clamd (`IDSESSION`) that scans files by descriptor. Several scans may be in progress; clamd numbers its answers.
 * When the connection fails, every waiting scan fails with PEER_DISCONNECTED and the session is unusable.
 */
export class ClamdSession implements Disposable {
  readonly #socket: Socket
  readonly #socketFd: number
  readonly #replies = new ReplyReader()
  readonly #pending = new Map<number, PendingScan>()
  #lastId = 0

  /** @param serverUid user that clamd must run as; undefined: any. @throws GuardError when the connection fails, or for another user. */
  constructor(socketPath: string, serverUid?: number) {
    this.#socketFd = connectTo(socketPath, serverUid)
    const onread = { buffer: Buffer.alloc(REPLIES_BYTES), callback: this.#onRead }
    this.#socket = new Socket({ fd: this.#socketFd, readable: true, writable: true, onread })
    this.#socket.on('error', (error) => this.#fail(messageOf(error)))
    this.#socket.on('end', () => this.#fail('clamd ended the session'))
    this.#socket.on('close', () => this.#fail('the connection is closed'))
    this.#socket.write(SESSION_START)
  }

  get isUsable(): boolean {
    return !this.#socket.destroyed
  }

  /**
   * Scans an open file. clamd has its own copy of the descriptor once this returns the promise; the caller may close its own.
   *
   * @throws GuardError PEER_DISCONNECTED when the session fails before the answer.
   */
  scan(fd: number): Promise<ClamdAnswer> {
    return new Promise((resolve, reject) => {
      if (!this.isUsable) throw new GuardError('PEER_DISCONNECTED', 'the session with clamd is closed')
      const id = this.#lastId + 1
      sendDescriptor(this.#socketFd, fd, SCAN_DESCRIPTOR)
      this.#lastId = id
      this.#pending.set(id, { resolve, reject })
    })
  }

  /** A session that is not in use does not keep the process alive. */
  setInUse(inUse: boolean): void {
    if (inUse) this.#socket.ref()
    else this.#socket.unref()
  }

  [Symbol.dispose](): void {
    this.#fail('the session was closed')
  }

  readonly #onRead = (bytes: number, buffer: Uint8Array): boolean => {
    this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes))
    return true
  }

  #read(chunk: Buffer): void {
    try {
      for (const { id, answer } of this.#replies.push(chunk)) {
        const pending = this.#pending.get(id)
        if (!pending) throw new GuardError('ENGINE_ERROR', `clamd answered number ${id}, which was not requested`)
        this.#pending.delete(id)
        pending.resolve(answer)
      }
    } catch (error) {
      this.#fail(messageOf(error))
    }
  }

  #fail(reason: string): void {
    this.#socket.destroy()
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const file of pending) file.reject(new GuardError('PEER_DISCONNECTED', `the session with clamd failed: ${reason}`))
  }
}

/** Connects to clamd. No descriptor is ever passed to a process of another user. */
function connectTo(socketPath: string, serverUid: number | undefined): number {
  const fd = connectUnix(socketPath)
  try {
    if (serverUid !== undefined) requirePeerUid(serverUid)(fd)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
