import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import { type LoadLimits, type LoadResult, loadAndScan } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { type Probes, writeProbes } from './probes.js'

/** Content that no signature may match, regardless of the golden set. See `writeProbes` for content that must be detected. */
const HARMLESS = Buffer.from('This harmless text shows that a new generation of signatures has been loaded.\n')
/** Timeout for the golden set. clamscan scans about 20 MiB/s. */
const SCAN_TIMEOUT_MS = 15 * MINUTE_MS
const ADVICE = 'Import without its database, ignore the signature, or remove the file from the golden set (golden/).'

export interface VerifyLoadOptions {
  /** Folder of the draft. */
  readonly draft: string
  readonly golden: readonly string[]
  readonly limits: LoadLimits
  readonly onProgress: (progress: string) => void
}

/**
 * Loads the databases of a draft into a separate clamscan process and scans the golden set.
 *
 * @returns memory of the load in bytes.
 * @throws the refusal, check `test-load` or `golden-set`.
 */
export async function verifyLoad({ draft, golden, limits, onProgress }: VerifyLoadOptions, signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-probes-'))
  try {
    const probes = await writeProbes(folder)
    return checkResult(await load({ draft, golden, limits, onProgress }, probes, signal), probes, golden)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function load({ draft, golden, limits, onProgress }: VerifyLoadOptions, probes: Probes, signal: AbortSignal): Promise<LoadResult> {
  const databaseFolder = join(draft, 'clamav')
  onProgress('loading all signatures (test load)')
  const onScanned = (count: number) => onProgress(scanProgress(Math.max(0, count - probes.files.length), golden.length))
  try {
    const extraFiles = { files: [...probes.files.map(({ path }) => path), ...golden], timeoutMs: SCAN_TIMEOUT_MS, onScanned }
    return await loadAndScan({ databaseFolder, extraDatabases: [probes.database], content: HARMLESS, ...limits, extraFiles }, signal)
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    throw refusal('test-load', messageOf(error).replaceAll(`${databaseFolder}/`, ''), error)
  }
}

/** @returns memory of the load in bytes. @throws the refusal. */
function checkResult({ found, hits, isComplete, memoryBytes }: LoadResult, probes: Probes, golden: readonly string[]): number {
  if (found !== undefined)
    throw refusal('test-load', `False positive: the signature ${found} matches a harmless text. Import without its database.`)
  const undetected = probes.files.filter(({ path }) => !hits.some(({ file }) => file === path))
  if (undetected.length > 0 && isComplete)
    throw refusal(
      'test-load',
      `With these files ClamAV no longer detects a known content (${undetected.map(({ form }) => form).join(', ')}): one of them disables detection, most likely a .ftm, .cfg or .ign2. Import without it.`,
    )
  const goldenHits = hits.filter(({ file }) => !probes.files.some(({ path }) => path === file))
  const [hit] = goldenHits
  if (hit) throw goldenSetRefusal(hit, goldenHits.length)
  if (!isComplete)
    throw refusal(
      'golden-set',
      `Timeout: the golden set of ${golden.length} files was not scanned within ${SCAN_TIMEOUT_MS / MINUTE_MS} min. Remove files from it.`,
    )
  return memoryBytes
}

/** Creates the refusal for a signature or rule that matches a golden file. */
export function goldenSetRefusal({ file, signature }: { file: string; signature: string }, count: number): Error {
  const others = count > 1 ? ` and ${count - 1} other ${count === 2 ? 'file' : 'files'}` : ''
  return refusal(
    'golden-set',
    `False positive: the signature ${signature.replace(/[^ -~]/g, '?')} matches the golden file ${file}${others}. ${ADVICE}`,
  )
}

export function scanProgress(count: number, total: number): string {
  return `scanning ${count.toLocaleString('en')} of ${total.toLocaleString('en')} golden files`
}
