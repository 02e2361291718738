import { createHash } from 'node:crypto'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/e2e/stack/folders.js'

/**
 * Patterns besides our starter set, whose ten would let the engine run through files far faster than any real set does. With these a thread of clamd
 * is still faster than the 7.8 MB/s that were measured with the official set (Cisco-Talos/clamav#590), so that a share of ours is rather overrated.
 */
export const BENCH_SIGNATURES = 100_000
const PATTERN_BYTES = 24

/** Writes a source folder for the puller: our starter set, and signatures that match nothing but cost their time. */
export async function writeSignatureSet(folder: string): Promise<void> {
  await cp(join(REPOSITORY_FOLDER, 'scanner/signatures'), folder, { recursive: true })
  const lines = Array.from({ length: BENCH_SIGNATURES }, (_, index) => `Bench.Unmatched-${index}:0:*:${pattern(index)}\n`)
  await writeFile(join(folder, 'clamav/bench.ndb'), lines.join(''))
}

/** As good as random, and the same in every run. Pure. */
function pattern(index: number): string {
  return createHash('sha256')
    .update(String(index))
    .digest('hex')
    .slice(0, 2 * PATTERN_BYTES)
}
