import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES, type RuleTrialGolden, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { listGolden } from '../golden/list-golden.js'
import { scanGolden } from '../golden/verify-rules.js'
import { compileFault } from '../importers/compile-rules.js'

/** Somebody waits for the answer: with compiling it stays below RULE_TRIAL_LIMITS.verificationMs. */
const GOLDEN_LIMITS = { timeoutMs: 30 * SECOND_MS, memoryBytes: 1024 * MIB_BYTES }

export interface RuleTrialRunnerOptions {
  /** The volume. */
  readonly folder: string
  /** Of the golden set. */
  readonly goldenFolders: readonly string[]
}

/** Tries rules that nobody has put in force: whether they compile, and what they match in the golden set. One trial at a time. */
export class RuleTrialRunner {
  readonly #options: RuleTrialRunnerOptions
  #isBusy = false

  constructor(options: RuleTrialRunnerOptions) {
    this.#options = options
  }

  /**
   * @throws GuardError SIGNATURES_INVALID that names the line, for rules that do not compile; RULE_TRIAL_BUSY while others are tried;
   * ENGINE_ERROR when YARA-X itself does not work; the signal's reason.
   */
  async tryRules(rules: string, signal: AbortSignal): Promise<RuleTrialGolden> {
    if (this.#isBusy)
      throw new GuardError('RULE_TRIAL_BUSY', 'other rules are tried on the golden set just now; ask again in a minute', {
        retryAfterSeconds: 30,
      })
    this.#isBusy = true
    const draft = join(this.#options.folder, 'trial')
    try {
      // What a process that was killed left is written over.
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
    const fault = await compileFault(path, signal)
    if (fault) throw new GuardError('SIGNATURES_INVALID', `the file of rules ${fault.what}`)
    const { folder, goldenFolders } = this.#options
    const golden = await listGolden([...goldenFolders, join(folder, 'golden')])
    if (golden.length === 0) return { files: 0, hitCount: 0, hits: [], problem: '' }
    let looked = 0
    const onCount = (count: number) => {
      looked = count
    }
    const task = join(draft, 'golden.json')
    const { hits, hitCount, overLimit } = await scanGolden({ task, rules: [path], golden, limits: GOLDEN_LIMITS, onCount }, signal)
    return {
      files: golden.length,
      hitCount,
      hits: hits.map(({ file, signature }) => ({ file: file.slice(0, 4096), rule: signature.slice(0, 256) })),
      problem: overLimit ? overLimitSentence(overLimit, looked, golden.length) : '',
    }
  }
}

function overLimitSentence(limit: 'time' | 'memory', looked: number, total: number): string {
  const bound = limit === 'time' ? `${GOLDEN_LIMITS.timeoutMs / SECOND_MS} s` : `${GOLDEN_LIMITS.memoryBytes / MIB_BYTES} MiB of memory`
  return `The rules took more than ${bound}: about ${looked} of ${total} harmless files were looked at. Make them simpler.`
}
