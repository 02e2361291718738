import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES, type RuleTrialGolden, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { listGolden } from '../golden/list-golden.js'
import { scanGolden } from '../golden/verify-rules.js'
import { findCompileError } from '../importers/compile-rules.js'

/** Limits of the golden set scan. Together with compilation it must stay below RULE_TRIAL_LIMITS.verificationMs. */
const GOLDEN_LIMITS = { timeoutMs: 30 * SECOND_MS, memoryBytes: 1024 * MIB_BYTES }

export interface RuleTrialRunnerOptions {
  /** The volume. */
  readonly folder: string
  /** Folders of the golden set. */
  readonly goldenFolders: readonly string[]
}

/** Compiles rules of a rule trial and scans the golden set with them, without activating them. Runs one trial at a time. */
export class RuleTrialRunner {
  readonly #options: RuleTrialRunnerOptions
  #isBusy = false

  constructor(options: RuleTrialRunnerOptions) {
    this.#options = options
  }

  /**
   * @throws GuardError SIGNATURES_INVALID with the line of rules that do not compile; RULE_TRIAL_BUSY while another trial is running;
   * ENGINE_ERROR when YARA-X itself fails; the signal's reason.
   */
  async tryRules(rules: string, signal: AbortSignal): Promise<RuleTrialGolden> {
    if (this.#isBusy)
      throw new GuardError('RULE_TRIAL_BUSY', 'another rule trial is scanning the golden set; retry in a minute', {
        retryAfterSeconds: 30,
      })
    this.#isBusy = true
    const draft = join(this.#options.folder, 'trial')
    try {
      // Remove leftovers of a killed process.
      await rm(draft, { recursive: true, force: true })
      await mkdir(draft, { recursive: true, mode: 0o700 })
      return await this.#tryIn(draft, rules, signal)
    } finally {
      await rm(draft, { recursive: true, force: true })
      this.#isBusy = false
    }
  }

  async #tryIn(draft: string, source: string, signal: AbortSignal): Promise<RuleTrialGolden> {
    const path = join(draft, 'trial.yar')
    await writeFile(path, source, { mode: 0o600 })
    const compileError = await findCompileError(path, signal)
    if (compileError) throw new GuardError('SIGNATURES_INVALID', `the rule file ${compileError.reason}`)
    const { folder, goldenFolders } = this.#options
    const golden = await listGolden([...goldenFolders, join(folder, 'golden')])
    if (golden.length === 0) return { files: 0, hitCount: 0, hits: [], problem: '' }
    let scanned = 0
    const onCount = (count: number) => {
      scanned = count
    }
    const task = join(draft, 'golden.json')
    const { hits, hitCount, overLimit } = await scanGolden({ task, rules: [path], golden, limits: GOLDEN_LIMITS, onCount }, signal)
    return {
      files: golden.length,
      hitCount,
      hits: hits.map(({ file, signature }) => ({ file: file.slice(0, 4096), rule: signature.slice(0, 256) })),
      problem: overLimit ? overLimitMessage(overLimit, scanned, golden.length) : '',
    }
  }
}

function overLimitMessage(limit: 'time' | 'memory', scanned: number, total: number): string {
  const bound = limit === 'time' ? `${GOLDEN_LIMITS.timeoutMs / SECOND_MS} s` : `${GOLDEN_LIMITS.memoryBytes / MIB_BYTES} MiB of memory`
  return `The rules took more than ${bound}: only about ${scanned} of ${total} golden files were scanned. Simplify the rules.`
}
