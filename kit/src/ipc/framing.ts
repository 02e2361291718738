import { GuardError } from '../errors/guard-error.js'

const HEADER_BYTES = 4

/** Prefixes a message with its length as 4 bytes, little endian. */
export function frameOf(payload: Uint8Array): Uint8Array[] {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUInt32LE(payload.length, 0)
  return [header, payload]
}

/** Splits a byte stream into frames. Buffers at most one frame of `maxBytes`. */
export class FrameReader {
  readonly #maxBytes: number
  #chunks: Buffer[] = []
  #buffered = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * Appends the next bytes of the stream.
   *
   * @returns the completed frames.
   * @throws GuardError FRAME_TOO_LARGE, after which the rest of the stream is unreadable.
   */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    const frames: Buffer[] = []
    for (;;) {
      if (this.#buffered < HEADER_BYTES) return frames
      const length = this.#peekLength()
      if (length > this.#maxBytes)
        throw new GuardError('FRAME_TOO_LARGE', `frame of ${length} bytes is too large, the maximum is ${this.#maxBytes} bytes`, { length })
      if (this.#buffered < HEADER_BYTES + length) return frames
      frames.push(this.#take(HEADER_BYTES + length).subarray(HEADER_BYTES))
    }
  }

  #peekLength(): number {
    if ((this.#chunks[0] as Buffer).length < HEADER_BYTES) this.#chunks = [Buffer.concat(this.#chunks)]
    return (this.#chunks[0] as Buffer).readUInt32LE(0)
  }

  #take(bytes: number): Buffer {
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks)
    this.#chunks = all.length > bytes ? [all.subarray(bytes)] : []
    this.#buffered = all.length - bytes
    return all.subarray(0, bytes)
  }
}
