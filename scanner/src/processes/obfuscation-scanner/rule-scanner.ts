import { join } from 'node:path'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { readCurrentManifest, YARA_X_VERSION, type YaraSource } from '@guardimesh/signature-format'
import { processWorkers } from '../../engines/process-worker.js'
import { type MemoryLimit, type ReplacementCause, WorkerPool } from '../../engines/worker-pool.js'
import { readRuleFiles } from './rule-files.js'
import type { Unpacked } from './unpack/unpack.js'
import type { BrokenRuleFile } from './yara-matcher.js'
import type { YaraResult, YaraTask } from './yara-worker.js'

/** Timeout of a worker, which must load its rules before its first content. YARA-X itself stops a scan earlier. */
const TIMEOUT_MS = 20 * SECOND_MS
const WORKERS = 2
/** Growth after the rules were loaded. A content of 16 MiB and its copies need 64 MiB for a moment, and as much when it is unpacked. */
const MEMORY_LIMIT: MemoryLimit = { bytes: 160 * MIB_BYTES, since: 'first-answer' }

export interface RuleScannerOptions {
  readonly signaturesFolder: string
  readonly log: Logger
  readonly onWorkerReplaced: (cause: ReplacementCause) => void
}

interface Loaded {
  readonly generation: string
  readonly engineVersion: string
  readonly workers: WorkerPool<YaraTask, YaraResult>
  readonly ruleFileCount: number
  readonly broken: readonly BrokenRuleFile[]
}

/** Scans contents with the rules of the active signature generation, in worker processes. */
export class RuleScanner implements AsyncDisposable {
  readonly #options: RuleScannerOptions
  #loaded: Loaded | undefined
  #lastSuccessAtMs: number | undefined

  constructor(options: RuleScannerOptions) {
    this.#options = options
  }

  get generation(): string | undefined {
    return this.#loaded?.generation
  }

  /** Unix time of the last successful scan or self-check; undefined before the first one. */
  get lastSuccessAtMs(): number | undefined {
    return this.#lastSuccessAtMs
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
    const next = await this.#load(current.manifest.generation, files)
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
    return await this.#run({ kind: 'scan', content, fileName })
  }

  /** Unpacks a Zstandard or LZ4 stream. @throws GuardError like `scan`. */
  async unpack(content: Uint8Array): Promise<{ readonly unpacked: Unpacked; readonly engineVersion: string }> {
    const { unpacked, engineVersion } = await this.#run({ kind: 'unpack', content })
    if (!unpacked) throw new GuardError('ENGINE_ERROR', 'the worker did not return the unpacked content')
    return { unpacked, engineVersion }
  }

  /** Scans a known content. @throws GuardError like `scan`, also when the rules do not match it. */
  async checkItself(): Promise<void> {
    await this.#run({ kind: 'self-check' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loaded?.workers[Symbol.asyncDispose]()
  }

  async #run(task: YaraTask): Promise<YaraResult & { readonly engineVersion: string }> {
    for (;;) {
      const loaded = this.#loaded
      if (!loaded) throw new GuardError('ENGINE_UNAVAILABLE', 'no signature generation is loaded yet')
      try {
        const result = await loaded.workers.run(task)
        this.#lastSuccessAtMs = Date.now()
        return { ...result, engineVersion: loaded.engineVersion }
      } catch (error) {
        // A reload of the rules stopped the workers, so the scan is repeated with the new ones.
        const wasReplaced = loaded !== this.#loaded && error instanceof GuardError && error.code === 'ENGINE_UNAVAILABLE'
        if (!wasReplaced) throw error
      }
    }
  }

  async #load(generation: string, files: readonly YaraSource[]): Promise<Loaded> {
    const { log, onWorkerReplaced } = this.#options
    const workers = new WorkerPool<YaraTask, YaraResult>({
      start: processWorkers({ script: new URL('./yara-worker.js', import.meta.url), data: files }),
      ...{ workerCount: WORKERS, timeoutMs: TIMEOUT_MS, memoryLimit: MEMORY_LIMIT },
      onReplaced: (cause, reason) => {
        log.warn({ cause, reason }, 'worker process replaced')
        onWorkerReplaced(cause)
      },
    })
    try {
      const { broken } = await workers.run({ kind: 'load' })
      await workers.run({ kind: 'self-check' })
      this.#lastSuccessAtMs = Date.now()
      const engineVersion = `YARA-X ${YARA_X_VERSION}, ${generation}`.slice(0, 128)
      return { generation, workers, broken, ruleFileCount: files.length, engineVersion }
    } catch (error) {
      await workers[Symbol.asyncDispose]()
      throw error
    }
  }
}
