import { randomBytes } from 'node:crypto'

/** Entries of one bucket; a new one replaces the one that was reported longest ago. */
const BUCKET_ENTRIES = 8
const FIELDS = 3
/**
 * 2^16 buckets of 96 bytes are 6 MiB for paths of any length. Of 100,000 sightings almost none is evicted, of 200,000 one in 250; an evicted
 * one is reported more often.
 */
const DEFAULT_BUCKET_BITS = 16
const GENERATION_MASK = 0xffff
const FNV_PRIME = 0x01000193

/**
 * Remembers which sightings (container, path, content) were reported, on which day, and with which generation they were clean. It needs a fixed
 * amount of memory without objects for the garbage collector, and about 0.1 µs per query: a walk over known files queries it a hundred thousand
 * times per second. A sighting is stored as a 64-bit hash with a random seed of the process.
 */
export class ReportedSightings {
  readonly #table: Uint32Array
  readonly #bucketMask: number
  readonly #seeds: Uint32Array
  readonly #due = { at: 0, low: 0, high: 0, state: 0 }

  constructor(bucketBits = DEFAULT_BUCKET_BITS) {
    this.#table = new Uint32Array(FIELDS * BUCKET_ENTRIES * 2 ** bucketBits)
    this.#bucketMask = 2 ** bucketBits - 1
    const seeds = randomBytes(8)
    this.#seeds = Uint32Array.of(seeds.readUInt32LE(0), seeds.readUInt32LE(4))
  }

  /** Returns the hash seeds of a container for `isDue`; callers keep them. */
  seedsOf(containerId: string): Uint32Array {
    const id = Buffer.from(containerId)
    return Uint32Array.of(seededHash(this.#seeds[0] as number, id), seededHash(this.#seeds[1] as number, id))
  }

  /**
   * Returns true when a sighting must be reported now. `markReported` then records it as reported.
   *
   * @param content key that begins with the hexadecimal SHA-256.
   * @param day since 1970, at most 2^16.
   * @param generation number of the generation that declares it clean, 1 to 2^16 - 1; 0 when it is not clean.
   */
  isDue(container: Uint32Array, path: Uint8Array, content: string, day: number, generation: number): boolean {
    let low = container[0] as number
    let high = container[1] as number
    // Both hashes in one pass over the path, which dominates the cost.
    for (let at = 0; at < path.length; at++) {
      const byte = path[at] as number
      low = Math.imul(low ^ byte, FNV_PRIME)
      high = Math.imul(high ^ byte, FNV_PRIME)
    }
    low = withContent(low, content, 0)
    high = withContent(high, content, 8)
    const table = this.#table
    const bucketAt = (low & this.#bucketMask) * BUCKET_ENTRIES * FIELDS
    let oldestAt = bucketAt
    for (let at = bucketAt; at < bucketAt + BUCKET_ENTRIES * FIELDS; at += FIELDS) {
      const state = table[at + 2] as number
      if (table[at] === low && table[at + 1] === high && state !== 0) {
        const reportedGeneration = state & GENERATION_MASK
        if (state >>> 16 === day && (generation === 0 || generation === reportedGeneration)) return false
        return this.#setDue(at, low, high, stateOf(day, generation === 0 ? reportedGeneration : generation))
      }
      if (state < (table[oldestAt + 2] as number)) oldestAt = at
    }
    return this.#setDue(oldestAt, low, high, stateOf(day, generation))
  }

  /** Records the sighting of the last call of `isDue`, which returned true, as reported. */
  markReported(): void {
    const { at, low, high, state } = this.#due
    this.#table[at] = low
    this.#table[at + 1] = high
    this.#table[at + 2] = state
  }

  /** Reuses one object: a scan of half a million files would otherwise allocate as many. */
  #setDue(at: number, low: number, high: number, state: number): true {
    const due = this.#due
    due.at = at
    due.low = low
    due.high = high
    due.state = state
    return true
  }
}

function stateOf(day: number, generation: number): number {
  return ((day << 16) | generation) >>> 0
}

/** FNV-1a with a secret seed. */
function seededHash(seed: number, bytes: Uint8Array): number {
  let hash = seed
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME)
  return hash >>> 0
}

/** Mixes in 32 bits of the content's SHA-256, so that two contents at one path are two sightings, and spreads all bits. */
function withContent(hash: number, content: string, from: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  for (let at = from; at < from + 8; at++) mix = Math.imul(mix ^ content.charCodeAt(at), FNV_PRIME)
  mix = Math.imul(mix ^ (mix >>> 15), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}
