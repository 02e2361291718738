import { createHash } from 'node:crypto'

/** Random bytes and numbers, the same for the same seed. */
export class SeededRandom {
  readonly #seed: string
  #drawn = 0

  constructor(seed: string) {
    this.#seed = seed
  }

  bytes(count: number): Buffer {
    return createHash('shake128', { outputLength: count })
      .update(`${this.#seed} ${this.#drawn++}`)
      .digest()
  }

  /** @returns a number from `min` to `end - 1`. */
  int(end: number, min = 0): number {
    return min + (this.bytes(4).readUInt32LE() % (end - min))
  }
}
