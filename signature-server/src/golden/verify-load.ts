import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import { type Loaded, loadAndScan } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { type Probes, writeProbes } from './probes.js'

/** What no signature may call infected, whatever the golden set is. What all must find: `writeProbes`. */
const HARMLESS = Buffer.from('This harmless text shows that a new generation of signatures has been loaded.\n')
/** clamscan looks at some 20 MiB in a second. */
const SCAN_MS = 15 * MINUTE_MS
const ADVICE = 'Leave its file out, ignore the signature, or take the file out of the golden set (golden/).'

/** Limits of a test load; what a node has for it when left out. */
export interface LoadLimits {
  readonly timeoutMs?: number
  readonly memoryBytes?: number
}

export interface VerifyLoadOptions {
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
export async function verifyLoad({ draft, golden, limits, onProgress }: VerifyLoadOptions, signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-probes-'))
  try {
    const probes = await writeProbes(folder)
    return judge(await load({ draft, golden, limits, onProgress }, probes, signal), probes, golden)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function load({ draft, golden, limits, onProgress }: VerifyLoadOptions, probes: Probes, signal: AbortSignal): Promise<Loaded> {
  const databaseFolder = join(draft, 'clamav')
  onProgress('loading all signatures for a test')
  const onScanned = (count: number) => onProgress(scanProgress(Math.max(0, count - probes.files.length), golden.length))
  try {
    const more = { files: [...probes.files.map(({ path }) => path), ...golden], timeoutMs: SCAN_MS, onScanned }
    return await loadAndScan({ databaseFolder, moreDatabases: [probes.database], content: HARMLESS, ...limits, more }, signal)
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    throw refusal('test-load', messageOf(error).replaceAll(`${databaseFolder}/`, ''), error)
  }
}

/** @returns the memory that it took, bytes. @throws the refusal. */
function judge({ found, hits, isComplete, memoryBytes }: Loaded, probes: Probes, golden: readonly string[]): number {
  if (found !== undefined) throw refusal('test-load', `The signature ${found} calls a harmless text infected. Leave its file out.`)
  const blind = probes.files.filter(({ path }) => !hits.some(({ file }) => file === path))
  if (blind.length > 0 && isComplete)
    throw refusal(
      'test-load',
      `With these files ClamAV does not find a known content any more (${blind.map(({ form }) => form).join(', ')}): one of them switches off what it looks at, most likely a .ftm, .cfg or .ign2. Leave it out.`,
    )
  const goldenHits = hits.filter(({ file }) => !probes.files.some(({ path }) => path === file))
  const [hit] = goldenHits
  if (hit) throw goldenRefusal(hit, goldenHits.length)
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
  return refusal(
    'golden-set',
    `The signature ${signature.replace(/[^ -~]/g, '?')} calls the harmless file ${file}${others} infected. ${ADVICE}`,
  )
}

export function scanProgress(count: number, total: number): string {
  return `scanning ${count.toLocaleString('en')} of ${total.toLocaleString('en')} harmless files`
}
