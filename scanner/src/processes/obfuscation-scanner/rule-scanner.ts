import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { readCurrentManifest } from '@guardimesh/signature-format'
import { WorkerPool } from '../../engines/worker-pool.js'
import { type RuleFile, readRuleFiles } from './rule-files.js'
import type { BrokenRuleFile } from './yara-matcher.js'
import type { YaraResult, YaraTask } from './yara-worker.js'

/** Timeout per content: 16 MiB take 0.15 s here. YARA-X's own timeout does not work in WASM. */
const TIMEOUT_MS = 20_000
const THREADS = 2

export interface RuleScannerOptions {
  readonly signaturesFolder: string
  readonly log: Logger
}

interface Loaded {
  readonly generation: string
  readonly engineVersion: string
  readonly workers: WorkerPool<YaraTask, YaraResult>
  readonly ruleFileCount: number
  readonly broken: readonly BrokenRuleFile[]
}

/** Scans contents with the rules of the active signature generation, in worker threads. */
export class RuleScanner implements AsyncDisposable {
  readonly #options: RuleScannerOptions
  #loaded: Loaded | undefined

  constructor(options: RuleScannerOptions) {
    this.#options = options
  }

  get generation(): string | undefined {
    return this.#loaded?.generation
  }

  /** Rule files of the active generation that failed to compile. */
  get broken(): readonly BrokenRuleFile[] {
    return this.#loaded?.broken ?? []
  }

  get ruleFileCount(): number {
    return this.#loaded?.ruleFileCount ?? 0
  }

  /**
   * Loads the active generation if it has changed. Scans in progress are repeated with the new rules.
   *
   * @throws GuardError SIGNATURES_INVALID or ENGINE_ERROR; the loaded rules stay then.
   */
  async refresh(): Promise<void> {
    const current = await readCurrentManifest(this.#options.signaturesFolder)
    if (!current || current.manifest.generation === this.#loaded?.generation) return
    const files = await readRuleFiles(join(current.folder, 'yara'))
    const next = await load(current.manifest.generation, files)
    const before = this.#loaded
    this.#loaded = next
    const { log } = this.#options
    log.info({ generation: next.generation, ruleFiles: files.length }, 'rules loaded')
    for (const { name, reason } of next.broken) log.warn({ ruleFile: name, reason }, 'rule file skipped: it does not compile')
    if (before) background(log, 'stop old rules', before.workers[Symbol.asyncDispose]())
  }

  /**
   * Scans one content.
   *
   * @throws GuardError ENGINE_UNAVAILABLE before any rules are loaded, ENGINE_TIMEOUT, ENGINE_ERROR.
   */
  async scan(content: Uint8Array, fileName: string): Promise<YaraResult & { readonly engineVersion: string }> {
    for (;;) {
      const loaded = this.#loaded
      if (!loaded) throw new GuardError('ENGINE_UNAVAILABLE', 'no signature generation is loaded yet')
      try {
        return { ...(await loaded.workers.run({ kind: 'scan', content, fileName })), engineVersion: loaded.engineVersion }
      } catch (error) {
        // A reload of the rules stopped the threads, so the scan is repeated with the new ones.
        const wasReplaced = loaded !== this.#loaded && error instanceof GuardError && error.code === 'ENGINE_UNAVAILABLE'
        if (!wasReplaced) throw error
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loaded?.workers[Symbol.asyncDispose]()
  }
}

async function load(generation: string, files: readonly RuleFile[]): Promise<Loaded> {
  const workers = new WorkerPool<YaraTask, YaraResult>({
    script: new URL('./yara-worker.js', import.meta.url),
    threadCount: THREADS,
    timeoutMs: TIMEOUT_MS,
    workerData: files,
  })
  try {
    const { broken } = await workers.run({ kind: 'check' })
    return {
      generation,
      workers,
      broken,
      ruleFileCount: files.length,
      engineVersion: `YARA-X ${yaraVersion()}, ${generation}`.slice(0, 128),
    }
  } catch (error) {
    await workers[Symbol.asyncDispose]()
    throw error
  }
}

function yaraVersion(): string {
  const text = readFileSync(new URL(import.meta.resolve('@virustotal/yara-x/package.json')), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
