import { MIB_BYTES, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { errorCodeOf, GuardError, messageOf } from '@guardimesh/kit'
import { processWorkers } from '../../engines/process-worker.js'
import { type MemoryLimit, WorkerPool } from '../../engines/worker-pool.js'
import { type RuleMatch, YARA_SCAN_TIMEOUT_MS } from './yara-matcher.js'
import type { YaraResult, YaraTask } from './yara-worker.js'

/** Longer than on the signature server, which has compiled the rules already: nodes are slower. */
const COMPILE_TIMEOUT_MS = 20 * SECOND_MS
/** Longer than the timeout of YARA-X, which leaves the process usable. */
const SCAN_TIMEOUT_MS = YARA_SCAN_TIMEOUT_MS + 5 * SECOND_MS
/** The client is considered gone without a request for this long. */
const IDLE_TIMEOUT_MS = 5 * MINUTE_MS
/** The pod's limit is 512 MiB, which the active rules share. */
const MEMORY_LIMIT: MemoryLimit = { bytes: 192 * MIB_BYTES, since: 'start' }

interface Trial {
  readonly trialId: string
  readonly worker: WorkerPool<YaraTask, YaraResult>
  /** Ends the process after the idle timeout. */
  readonly idle: NodeJS.Timeout
  /** Why the rules are not used again; empty while they are. */
  failure: string
}

/**
 * Scans contents with the rules of a trial, in a separate process with limits of time and memory, so that they cannot affect scans with the
 * active rules. After the rules exceeded a limit, they are not used again.
 */
export class TrialScanner implements Disposable {
  #trial: Trial | undefined

  /**
   * Compiles the rules of a trial and ends any other trial. The same trial may be set again.
   *
   * @throws GuardError SIGNATURES_INVALID for rules that do not compile, ENGINE_TIMEOUT or ENGINE_ERROR when they exceed a limit.
   */
  async set(trialId: string, source: string): Promise<void> {
    this.end()
    const data = [{ name: 'trial', source }]
    const worker = new WorkerPool<YaraTask, YaraResult>({
      start: processWorkers({ script: new URL('./yara-worker.js', import.meta.url), data }),
      ...{ workerCount: 1, timeoutMs: SCAN_TIMEOUT_MS, memoryLimit: MEMORY_LIMIT, maxAttempts: 1 },
    })
    const idle = setTimeout(() => this.end(trialId), IDLE_TIMEOUT_MS).unref()
    const trial: Trial = { trialId, worker, idle, failure: '' }
    this.#trial = trial
    const { broken } = await run(trial, { kind: 'load' })
    if (!broken[0]) return
    this.end(trialId)
    throw new GuardError('SIGNATURES_INVALID', `the rules cannot be compiled: ${broken[0].reason}`)
  }

  /** @throws GuardError ENGINE_UNAVAILABLE when the trial was not set, ENGINE_TIMEOUT or ENGINE_ERROR when its rules exceeded a limit. */
  async scan(trialId: string, content: Uint8Array, fileName: string): Promise<readonly RuleMatch[]> {
    const trial = this.#trial
    if (trial?.trialId !== trialId) throw new GuardError('ENGINE_UNAVAILABLE', 'the rules of this trial are not set')
    return (await run(trial, { kind: 'match', content, fileName })).matches
  }

  /** Ends the trial; any trial when `trialId` is undefined. */
  end(trialId?: string): void {
    const trial = this.#trial
    if (!trial || (trialId !== undefined && trialId !== trial.trialId)) return
    this.#trial = undefined
    stop(trial, 'the trial was ended')
  }

  [Symbol.dispose](): void {
    this.end()
  }
}

/** @throws GuardError ENGINE_TIMEOUT, ENGINE_ERROR; the rules are not used again then. */
async function run(trial: Trial, task: YaraTask): Promise<YaraResult> {
  trial.idle.refresh()
  if (trial.failure !== '') throw new GuardError('ENGINE_ERROR', trial.failure)
  const isScan = task.kind === 'match'
  try {
    return await trial.worker.run(task, isScan ? SCAN_TIMEOUT_MS : COMPILE_TIMEOUT_MS)
  } catch (error) {
    const isTimeout = errorCodeOf(error) === 'ENGINE_TIMEOUT'
    const bound = isScan ? `${YARA_SCAN_TIMEOUT_MS / SECOND_MS} s for one file` : `${COMPILE_TIMEOUT_MS / SECOND_MS} s for one compilation`
    const reason = trial.failure || (isTimeout ? `the rules took more than ${bound}` : `the rules failed: ${messageOf(error)}`)
    stop(trial, reason)
    throw new GuardError(isTimeout ? 'ENGINE_TIMEOUT' : 'ENGINE_ERROR', reason)
  }
}

function stop(trial: Trial, reason: string): void {
  trial.failure ||= reason
  clearTimeout(trial.idle)
  void trial.worker[Symbol.asyncDispose]()
}
