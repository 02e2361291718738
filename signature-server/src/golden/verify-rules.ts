import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { type EngineEnd, engineErrorText, runEngine, type SignatureFile } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { goldenRefusal, scanProgress } from './verify-load.js'

/** 16 MiB take 0.15 s, and the obfuscation scanner looks at no larger ones. */
const LIMITS = { timeoutMs: 5 * MINUTE_MS, memoryBytes: 1024 * MIB_BYTES }
const SCANNER = fileURLToPath(new URL('./yara-golden.js', import.meta.url))

export interface VerifyRulesOptions {
  readonly draft: string
  readonly files: readonly Pick<SignatureFile, 'path'>[]
  readonly golden: readonly string[]
  readonly onProgress: (progress: string) => void
}

export interface ScanGoldenOptions {
  /** Where the list of files is put meanwhile. */
  readonly task: string
  /** Paths of rule files. */
  readonly rules: readonly string[]
  readonly golden: readonly string[]
  readonly limits: { readonly timeoutMs: number; readonly memoryBytes: number }
  /** Told of how many files are done. */
  readonly onCount: (count: number) => void
}

/** What rules match in the golden set, and why it was not looked through. */
export interface GoldenScan extends Pick<EngineEnd, 'overLimit'> {
  /** At most 100. */
  readonly hits: readonly { readonly file: string; readonly signature: string }[]
  /** Files that a rule matches; of those that were looked at. */
  readonly hitCount: number
}

/** Lets all YARA rules look at the golden set, in a process of its own. @throws the refusal, check `golden-set`. */
export async function verifyRulesMissGolden({ draft, files, golden, onProgress }: VerifyRulesOptions, signal: AbortSignal): Promise<void> {
  const rules = files.filter(({ path }) => path.startsWith('yara/')).map(({ path }) => join(draft, path))
  if (rules.length === 0 || golden.length === 0) return
  const onCount = (count: number) => onProgress(`${scanProgress(count, golden.length)} with YARA rules`)
  const { hits, overLimit } = await scanGolden({ task: join(draft, 'golden.json'), rules, golden, limits: LIMITS, onCount }, signal)
  const [hit] = hits
  if (hit) throw goldenRefusal(hit, hits.length)
  if (overLimit)
    throw refusal(
      'golden-set',
      `The YARA rules go over the limit of ${overLimit} with the golden set. Make them simpler, or take files out of it.`,
    )
}

/** Lets rules that compile look at files, in a process of its own. @throws GuardError ENGINE_ERROR when YARA-X itself does not work. */
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
      throw new GuardError('ENGINE_ERROR', `YARA-X could not scan the golden set: ${engineErrorText(output)}`)
    return { hits, hitCount, overLimit }
  } finally {
    await rm(task, { force: true })
  }
}
