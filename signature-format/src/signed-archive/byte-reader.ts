/** Thrown when a stream ends before the requested number of bytes. */
export class StreamEndedError extends Error {
  override readonly name = 'StreamEndedError'
}

/** Reads a given number of bytes from a stream of chunks. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** @throws StreamEndedError. */
  async exactly(sizeBytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.pieces(sizeBytes)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** Yields the next `sizeBytes` bytes in chunks. @throws StreamEndedError. */
  async *pieces(sizeBytes: number): AsyncGenerator<Buffer> {
    for (let missing = sizeBytes; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#fill())) throw new StreamEndedError(`the data ends ${missing} bytes early`)
      const part = this.#rest.subarray(0, missing)
      this.#rest = this.#rest.subarray(part.length)
      missing -= part.length
      yield part
    }
  }

  /** True at the end of the stream. */
  async isAtEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#fill())
  }

  /** Closes the source. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next()
      if (next.done) return false
      this.#rest = next.value
    }
    return true
  }
}
