import { Socket } from 'node:net'
import { GuardError, messageOf } from '@guardimesh/kit'
import { connectUnix, sendDescriptor } from '../../node/unix-descriptor.js'
import { type ClamdAnswer, ReplyReader, SCAN_DESCRIPTOR, SESSION_START } from './clamd-protocol.js'

/** One read of answers, which are 20 bytes each as a rule: Node would take 64 KiB of memory for each read. */
const REPLIES_BYTES = 4096

interface Waiting {
  resolve(answer: ClamdAnswer): void
  reject(error: GuardError): void
}

/**
 * One connection to clamd that stays open (`IDSESSION`) and takes files as descriptors. Several may be under way; clamd answers by number.
 * When it breaks, every waiting file fails with PEER_DISCONNECTED and the session is of no more use.
 */
export class ClamdSession implements Disposable {
  readonly #socket: Socket
  readonly #socketFd: number
  readonly #replies = new ReplyReader()
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0

  /** @throws GuardError when nobody listens there. */
  constructor(socketPath: string) {
    this.#socketFd = connectUnix(socketPath)
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
   * Asks about an open file. The descriptor is clamd's own from the moment this returns its promise; the caller may close its copy.
   *
   * @throws GuardError PEER_DISCONNECTED when the session broke before the answer.
   */
  scan(fd: number): Promise<ClamdAnswer> {
    return new Promise((resolve, reject) => {
      if (!this.isUsable) throw new GuardError('PEER_DISCONNECTED', 'the session with clamd is closed')
      const id = this.#lastId + 1
      sendDescriptor(this.#socketFd, fd, SCAN_DESCRIPTOR)
      this.#lastId = id
      this.#waiting.set(id, { resolve, reject })
    })
  }

  /** A session that is not in use does not keep the process alive. */
  setInUse(inUse: boolean): void {
    if (inUse) this.#socket.ref()
    else this.#socket.unref()
  }

  [Symbol.dispose](): void {
    this.#fail('the session was ended')
  }

  readonly #onRead = (bytes: number, buffer: Uint8Array): boolean => {
    this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes))
    return true
  }

  #read(chunk: Buffer): void {
    try {
      for (const { id, answer } of this.#replies.push(chunk)) {
        const waiting = this.#waiting.get(id)
        if (!waiting) throw new GuardError('ENGINE_ERROR', `clamd answered number ${id}, which nobody asked`)
        this.#waiting.delete(id)
        waiting.resolve(answer)
      }
    } catch (error) {
      this.#fail(messageOf(error))
    }
  }

  #fail(why: string): void {
    this.#socket.destroy()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const file of waiting) file.reject(new GuardError('PEER_DISCONNECTED', `the session with clamd broke: ${why}`))
  }
}
