/** Pool of reusable buffers: with new buffers for each download, garbage collection costs more CPU than TLS. */
export class ChunkPool {
  readonly #chunkBytes: number
  readonly #maxFree: number
  readonly #free: Buffer[] = []

  /** @param maxFree maximum number of unused chunks to keep. */
  constructor(chunkBytes: number, maxFree: number) {
    this.#chunkBytes = chunkBytes
    this.#maxFree = maxFree
  }

  acquire(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#chunkBytes)
  }

  /** Returns a chunk that is no longer in use. */
  release(chunk: Buffer): void {
    if (this.#free.length < this.#maxFree) this.#free.push(chunk)
  }
}
