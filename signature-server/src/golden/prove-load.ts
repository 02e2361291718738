import { join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import { errorCodeOf, type Loaded, loadAndScan, messageOf } from '@guardimesh/kit'
import { refusal } from '../importers/refusal.js'

/** What no signature may call infected, whatever the golden set is. */
const HARMLESS = Buffer.from('This harmless text shows that a new generation of signatures has been loaded.\n')
/** clamscan looks at some 20 MiB in a second. */
const SCAN_MS = 15 * MINUTE_MS
const ADVICE = 'Leave its file out, ignore the signature, or take the file out of the golden set (golden/).'

/** Limits of a test load; what a node has for it when left out. */
export interface LoadLimits {
  readonly timeoutMs?: number
  readonly memoryBytes?: number
}

export interface ProveLoadOptions {
  /** Where the generation is put together. */
  readonly draft: string
  readonly golden: readonly string[]
  readonly limits: LoadLimits
  readonly onProgress: (progress: string) => void
}

/**
 * Loads what nodes will load into a clamscan of its own and lets it scan the golden set.
 *
 * @returns the memory that it took, bytes.
 * @throws the refusal, check `test-load` or `golden-set`.
 */
export async function proveLoad({ draft, golden, limits, onProgress }: ProveLoadOptions, signal: AbortSignal): Promise<number> {
  const databaseFolder = join(draft, 'clamav')
  onProgress('loading all signatures for a test')
  const onScanned = (count: number) => onProgress(scanProgress(count, golden.length))
  let loaded: Loaded
  try {
    const more = { files: golden, timeoutMs: golden.length > 0 ? SCAN_MS : 0, onScanned }
    loaded = await loadAndScan({ databaseFolder, content: HARMLESS, ...limits, more }, signal)
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    throw refusal('test-load', messageOf(error).replaceAll(`${databaseFolder}/`, ''), error)
  }
  const { found, hits, isComplete, memoryBytes } = loaded
  if (found !== undefined) throw refusal('test-load', `The signature ${found} calls a harmless text infected. Leave its file out.`)
  const [hit] = hits
  if (hit) throw goldenRefusal(hit, hits.length)
  if (!isComplete)
    throw refusal(
      'golden-set',
      `The golden set of ${golden.length} files was not scanned in ${SCAN_MS / MINUTE_MS} min. Take files out of it.`,
    )
  return memoryBytes
}

/** The refusal of a signature or rule that calls a harmless file infected. */
export function goldenRefusal({ file, signature }: { file: string; signature: string }, count: number): Error {
  const others = count > 1 ? ` and ${count - 1} other files` : ''
  return refusal('golden-set', `The signature ${signature} calls the harmless file ${file}${others} infected. ${ADVICE}`)
}

export function scanProgress(count: number, total: number): string {
  return `scanning ${count.toLocaleString('en')} of ${total.toLocaleString('en')} harmless files`
}
