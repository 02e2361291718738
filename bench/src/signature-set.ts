import { createHash } from 'node:crypto'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'

/**
 * Number of patterns in addition to the starter set, which has only ten and would make the engine unrealistically fast. These numbers of
 * contiguous patterns and patterns with a gap slow a clamd thread to its speed with the official set, 7.8 MB/s (Cisco-Talos/clamav#590).
 */
export const BENCH_SIGNATURES = { wholePatterns: 100_000, patternsWithGap: 30_000 }
const PATTERN_BYTES = 24

/** Writes a source folder for the puller: the starter set, and signatures that match nothing but take scan time. */
export async function writeSignatureSet(folder: string): Promise<void> {
  await cp(join(REPOSITORY_FOLDER, 'scanner/signatures'), folder, { recursive: true })
  const { wholePatterns, patternsWithGap } = BENCH_SIGNATURES
  const whole = rangeOf(wholePatterns).map((index) => `Bench.Whole-${index}:0:*:${buildPattern(index)}\n`)
  const withGap = rangeOf(patternsWithGap).map((index) => `Bench.Gap-${index}:0:*:${insertGap(buildPattern(wholePatterns + index))}\n`)
  await writeFile(join(folder, 'clamav/bench.ndb'), [...whole, ...withGap].join(''))
}

const rangeOf = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Inserts a gap of 2 to 16 arbitrary bytes between the halves of a pattern. Pure. */
function insertGap(hex: string): string {
  return `${hex.slice(0, PATTERN_BYTES)}{2-16}${hex.slice(PATTERN_BYTES)}`
}

/** Builds a pseudo-random pattern that is the same in every run. Pure. */
function buildPattern(index: number): string {
  return createHash('sha256')
    .update(String(index))
    .digest('hex')
    .slice(0, 2 * PATTERN_BYTES)
}
