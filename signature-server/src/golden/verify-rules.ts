import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { type EngineEnd, engineErrorText, runEngine, type SignatureFile } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { goldenSetRefusal, scanProgress } from './verify-load.js'

/** Limits for the golden set. A file of 16 MiB, the maximum of the obfuscation scanner, takes 0.15 s. */
const LIMITS = { timeoutMs: 5 * MINUTE_MS, memoryBytes: 1024 * MIB_BYTES }
const SCANNER = fileURLToPath(new URL('./yara-golden.js', import.meta.url))

export interface VerifyRulesOptions {
  readonly draft: string
  readonly files: readonly Pick<SignatureFile, 'path'>[]
  readonly golden: readonly string[]
  readonly onProgress: (progress: string) => void
}

export interface ScanGoldenOptions {
  /** Path of the temporary task file. */
  readonly task: string
  /** Paths of rule files. */
  readonly rules: readonly string[]
  readonly golden: readonly string[]
  readonly limits: { readonly timeoutMs: number; readonly memoryBytes: number }
  /** Receives the number of scanned files. */
  readonly onCount: (count: number) => void
}

/** Matches of rules in the golden set, and the limit that ended the scan early, if any. */
export interface GoldenScan extends Pick<EngineEnd, 'overLimit'> {
  /** Maximum 100 entries. */
  readonly hits: readonly { readonly file: string; readonly signature: string }[]
  /** Number of scanned files that a rule matches. */
  readonly hitCount: number
}

/** Scans the golden set with all YARA rules in a separate process. @throws the refusal, check `golden-set`. */
export async function verifyRulesAgainstGolden(
  { draft, files, golden, onProgress }: VerifyRulesOptions,
  signal: AbortSignal,
): Promise<void> {
  const rules = files.filter(({ path }) => path.startsWith('yara/')).map(({ path }) => join(draft, path))
  if (rules.length === 0 || golden.length === 0) return
  const onCount = (count: number) => onProgress(`${scanProgress(count, golden.length)} with YARA rules`)
  const { hits, overLimit } = await scanGolden({ task: join(draft, 'golden.json'), rules, golden, limits: LIMITS, onCount }, signal)
  const [hit] = hits
  if (hit) throw goldenSetRefusal(hit, hits.length)
  if (overLimit)
    throw refusal(
      'golden-set',
      `The YARA rules exceeded the ${overLimit} limit while scanning the golden set. Simplify them, or remove files from the golden set.`,
    )
}

/** Scans files with rules that compile, in a separate process. @throws GuardError ENGINE_ERROR when YARA-X itself fails. */
export async function scanGolden({ task, rules, golden, limits, onCount }: ScanGoldenOptions, signal: AbortSignal): Promise<GoldenScan> {
  await writeFile(task, JSON.stringify({ rules, golden }))
  const hits: { file: string; signature: string }[] = []
  let hitCount = 0
  const onLine = (line: string) => {
    const [count, found, signature = '', file = ''] = line.split('\t')
    if (file !== '') hits.push({ file, signature })
    hitCount = Number(found)
    onCount(Number(count))
  }
  try {
    const { exitCode, output, overLimit } = await runEngine({ program: process.execPath, args: [SCANNER, task], ...limits, onLine }, signal)
    if (exitCode !== 0 && !overLimit && hits.length === 0)
      throw new GuardError('ENGINE_ERROR', `YARA-X failed to scan the golden set: ${engineErrorText(output)}`)
    return { hits, hitCount, overLimit }
  } finally {
    await rm(task, { force: true })
  }
}
