import { once } from 'node:events'
import { read } from 'node:fs'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import NodeClam from 'clamscan'

const readAt = promisify(read)
const CHUNK_BYTES = 256 * KIB_BYTES

/** A clamscan client that streams one file at a time with backpressure; the package itself ignores the state of the socket. */
export class StreamClient extends NodeClam {
  #socket: Socket | undefined

  override async _initSocket(label: string): Promise<Socket> {
    this.#socket = await super._initSocket(label)
    return this.#socket
  }

  /**
   * Streams a file (`INSTREAM`). Uses positional reads, because the descriptor's offset is shared with its other users.
   *
   * @returns clamd's answer, "stream: OK".
   * @throws the errors of the package; the signal's reason when it is aborted.
   */
  async scan(fd: number, signal: AbortSignal): Promise<string> {
    const content = Readable.from(this.#chunksOf(fd, signal), { objectMode: false })
    // The package settles only when the peer closes the connection, so an aborted scan does not wait for it.
    const stopped = Promise.withResolvers<never>()
    const onAbort = () => stopped.reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      signal.throwIfAborted()
      const { resultString } = await Promise.race([this.scanStream(content), stopped.promise])
      return resultString.replace(/\0$/, '').trim()
    } finally {
      signal.removeEventListener('abort', onAbort)
      content.destroy()
      this.#socket?.destroy()
      this.#socket = undefined
    }
  }

  async *#chunksOf(fd: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    for (let position = 0; ; ) {
      const { bytesRead, buffer } = await readAt(fd, Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
      if (this.#socket?.writableNeedDrain) await once(this.#socket, 'drain', { signal })
    }
  }
}
