import { createHash } from 'node:crypto'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'

/**
 * Patterns besides our starter set, whose ten would let the engine run through files far faster than any real set does: as many in one piece, and
 * as many with a gap, as make a thread of clamd as fast as with the official set, of which 7.8 MB/s were measured (Cisco-Talos/clamav#590).
 */
export const BENCH_SIGNATURES = { wholePatterns: 100_000, patternsWithGap: 30_000 }
const PATTERN_BYTES = 24

/** Writes a source folder for the puller: our starter set, and signatures that match nothing but cost their time. */
export async function writeSignatureSet(folder: string): Promise<void> {
  await cp(join(REPOSITORY_FOLDER, 'scanner/signatures'), folder, { recursive: true })
  const { wholePatterns, patternsWithGap } = BENCH_SIGNATURES
  const whole = rangeOf(wholePatterns).map((index) => `Bench.Whole-${index}:0:*:${buildPattern(index)}\n`)
  const withGap = rangeOf(patternsWithGap).map((index) => `Bench.Gap-${index}:0:*:${insertGap(buildPattern(wholePatterns + index))}\n`)
  await writeFile(join(folder, 'clamav/bench.ndb'), [...whole, ...withGap].join(''))
}

const rangeOf = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Two to sixteen bytes of any kind between its halves. Pure. */
function insertGap(hex: string): string {
  return `${hex.slice(0, PATTERN_BYTES)}{2-16}${hex.slice(PATTERN_BYTES)}`
}

/** As good as random, and the same in every run. Pure. */
function buildPattern(index: number): string {
  return createHash('sha256')
    .update(String(index))
    .digest('hex')
    .slice(0, 2 * PATTERN_BYTES)
}
