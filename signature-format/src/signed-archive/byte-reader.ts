/** Thrown when a stream ends before what was asked for. */
export class StreamEndedError extends Error {
  override readonly name = 'StreamEndedError'
}

/** Reads a stream of chunks by counts of bytes. */
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

  /** The next `sizeBytes` bytes as they come. @throws StreamEndedError. */
  async *pieces(sizeBytes: number): AsyncGenerator<Buffer> {
    for (let missing = sizeBytes; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#fill())) throw new StreamEndedError(`the data ends ${missing} bytes early`)
      const part = this.#rest.subarray(0, missing)
      this.#rest = this.#rest.subarray(part.length)
      missing -= part.length
      yield part
    }
  }

  /** True when nothing follows. */
  async isAtEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#fill())
  }

  /** Tells the source that no more is wanted. */
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
