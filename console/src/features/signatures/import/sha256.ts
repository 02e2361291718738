const BLOCK_BYTES = 64
const ROUNDS = 64

/** Returns the first 32 bits of the fractional parts of the roots of the first primes. Source: FIPS 180-4, 4.2.2 and 5.3.3 */
function fractionsOfRoots(count: number, root: (prime: number) => number): Int32Array {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate += 1)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return Int32Array.from(primes, (prime) => ((root(prime) % 1) * 2 ** 32) | 0)
}
const K = fractionsOfRoots(ROUNDS, Math.cbrt)
const INITIAL = fractionsOfRoots(8, Math.sqrt)

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

/**
 * Incremental SHA-256. The browser's implementation needs all bytes in memory, which is too much for a database of 1 GB, and is
 * not available without TLS. Source: FIPS 180-4
 */
export class Sha256 {
  readonly #state = INITIAL.slice()
  readonly #words = new Int32Array(ROUNDS)
  readonly #rest = new Uint8Array(BLOCK_BYTES)
  #restBytes = 0
  #sizeBytes = 0

  update(bytes: Uint8Array): void {
    this.#sizeBytes += bytes.length
    let at = 0
    if (this.#restBytes > 0) {
      at = Math.min(BLOCK_BYTES - this.#restBytes, bytes.length)
      this.#rest.set(bytes.subarray(0, at), this.#restBytes)
      this.#restBytes += at
      if (this.#restBytes < BLOCK_BYTES) return
      this.#block(new DataView(this.#rest.buffer), 0)
      this.#restBytes = 0
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) this.#block(view, at)
    this.#rest.set(bytes.subarray(at))
    this.#restBytes = bytes.length - at
  }

  /** @returns 64 hexadecimal digits. `update` must not be called afterwards. */
  digestHex(): string {
    const sizeBits = BigInt(this.#sizeBytes) * 8n
    // One bit, zeros, and the length in bits in the last eight bytes of a block.
    const padding = new Uint8Array(((BLOCK_BYTES * 2 - 9 - this.#restBytes) % BLOCK_BYTES) + 9)
    padding[0] = 0x80
    new DataView(padding.buffer).setBigUint64(padding.length - 8, sizeBits)
    this.update(padding)
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
  }

  #block(view: DataView, at: number): void {
    const words = this.#words
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4)
    for (let i = 16; i < ROUNDS; i += 1) {
      const [w15, w2] = [words[i - 15] as number, words[i - 2] as number]
      const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)
      const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)
      words[i] = (words[i - 16] as number) + s0 + (words[i - 7] as number) + s1
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < ROUNDS; i += 1) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (words[i] as number)) | 0
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) this.#state[index] = (this.#state[index] as number) + word
  }
}
