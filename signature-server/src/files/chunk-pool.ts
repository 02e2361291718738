/** Chunks of memory that are used again: a download that allocates each of its own keeps the garbage collector busy for longer than TLS. */
export class ChunkPool {
  readonly #chunkBytes: number
  readonly #maxFree: number
  readonly #free: Buffer[] = []

  /** @param maxFree chunks that are kept while nobody uses them. */
  constructor(chunkBytes: number, maxFree: number) {
    this.#chunkBytes = chunkBytes
    this.#maxFree = maxFree
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#chunkBytes)
  }

  /** Gives a chunk back that nobody reads any more. */
  give(chunk: Buffer): void {
    if (this.#free.length < this.#maxFree) this.#free.push(chunk)
  }
}
