import { createHash } from 'node:crypto'

/** An hour of tests that fail. The events of a canary are late by seconds at most. */
const MAX_CANARIES = 128

/** The last canaries by their content, which is unique: it is no finding, by any trigger. */
export class RecentCanaries {
  readonly #hashes = new Set<string>()

  add(content: Buffer): void {
    this.#hashes.add(createHash('sha256').update(content).digest('hex'))
    for (const oldest of this.#hashes) {
      if (this.#hashes.size <= MAX_CANARIES) return
      this.#hashes.delete(oldest)
    }
  }

  has({ sha256 }: { readonly sha256: Uint8Array }): boolean {
    return this.#hashes.has(Buffer.from(sha256).toString('hex'))
  }
}
