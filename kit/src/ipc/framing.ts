import { GuardError } from '../errors/guard-error.js'

const HEADER_BYTES = 4

/** Puts a 4-byte little-endian length before a message. */
export function frameOf(payload: Uint8Array): Uint8Array[] {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUInt32LE(payload.length, 0)
  return [header, payload]
}

/** Cuts a byte stream into frames. Memory is bounded by one frame of `maxBytes`. */
export class FrameReader {
  readonly #maxBytes: number
  #chunks: Buffer[] = []
  #buffered = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @returns the frames that are complete now.
   * @throws GuardError FRAME_TOO_LARGE; the stream cannot be read on.
   */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    const frames: Buffer[] = []
    for (;;) {
      if (this.#buffered < HEADER_BYTES) return frames
      const length = this.#peekLength()
      if (length > this.#maxBytes)
        throw new GuardError('FRAME_TOO_LARGE', `a frame of ${length} bytes was announced, at most ${this.#maxBytes} are taken`, { length })
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
