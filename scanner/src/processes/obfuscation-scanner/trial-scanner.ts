import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MIB_BYTES, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { residentBytes } from '@guardimesh/signature-format'
import type { TrialAnswer, TrialTask } from './trial-worker.js'
import type { RuleMatch } from './yara-matcher.js'

const SCRIPT = fileURLToPath(new URL('./trial-worker.js', import.meta.url))
/** Longer than on the signature server, which has compiled the rules already: nodes are slower. */
const COMPILE_TIMEOUT_MS = 20 * SECOND_MS
/** Timeout per content: 16 MiB take 0.15 s. */
const SCAN_TIMEOUT_MS = 10 * SECOND_MS
/** The client is considered gone without a request for this long. */
const IDLE_TIMEOUT_MS = 5 * MINUTE_MS
/** The pod's limit is 512 MiB, which the active rules share. */
const MAX_MEMORY_BYTES = 256 * MIB_BYTES
const MEMORY_POLL_INTERVAL_MS = 50
/** V8 limits: 128 MiB for the rules and the content, 32 MiB for everything else. */
const V8_LIMITS = ['--wasm-max-mem-pages=2048', '--max-old-space-size=32']

interface Running {
  readonly trialId: string
  readonly child: ChildProcess
  /** Ends the process after the idle timeout. */
  readonly idle: NodeJS.Timeout
  /** The last task: the process handles one at a time. */
  last: Promise<unknown>
  /** Reason of its end; empty while it runs. */
  ended: string
}

/**
 * Scans contents with the rules of a trial, in a separate process with limits of time and memory, so that they cannot affect scans with the
 * active rules. After the rules exceeded a limit, they are not used again.
 */
export class TrialScanner implements Disposable {
  #running: Running | undefined

  /**
   * Compiles the rules of a trial and ends any other trial. The same trial may be set again.
   *
   * @throws GuardError SIGNATURES_INVALID for rules that do not compile, ENGINE_TIMEOUT or ENGINE_ERROR when they exceed a limit.
   */
  async set(trialId: string, source: string): Promise<void> {
    this.end()
    const child = fork(SCRIPT, { execArgv: V8_LIMITS, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} })
    const idle = setTimeout(() => this.end(trialId), IDLE_TIMEOUT_MS).unref()
    const running: Running = { trialId, child, idle, last: Promise.resolve(), ended: '' }
    child.once('error', (error) => end(running, messageOf(error)))
    child.once('exit', (code, signal) => end(running, `the trial process ended (${signal ?? `code ${code}`})`))
    this.#running = running
    const answer = await this.#ask(running, { kind: 'compile', source }, COMPILE_TIMEOUT_MS)
    if (answer.kind === 'compiled') return
    this.#drop(running, 'the rules do not compile')
    const reason = 'reason' in answer ? answer.reason : ''
    throw new GuardError(answer.kind === 'broken' ? 'SIGNATURES_INVALID' : 'ENGINE_ERROR', `the rules cannot be compiled: ${reason}`)
  }

  /** @throws GuardError ENGINE_UNAVAILABLE when the trial was not set, ENGINE_TIMEOUT or ENGINE_ERROR when its rules exceeded a limit. */
  async scan(trialId: string, content: Uint8Array, fileName: string): Promise<readonly RuleMatch[]> {
    const running = this.#running
    if (running?.trialId !== trialId) throw new GuardError('ENGINE_UNAVAILABLE', 'the rules of this trial are not set')
    const answer = await this.#ask(running, { kind: 'scan', content, fileName }, SCAN_TIMEOUT_MS)
    if (answer.kind === 'matches') return answer.matches
    throw new GuardError('ENGINE_ERROR', `the rules failed: ${'reason' in answer ? answer.reason : ''}`)
  }

  /** Ends the trial; any trial when `trialId` is undefined. */
  end(trialId?: string): void {
    if (this.#running && (trialId === undefined || trialId === this.#running.trialId)) this.#drop(this.#running, 'the trial was ended')
  }

  [Symbol.dispose](): void {
    this.end()
  }

  async #ask(running: Running, task: TrialTask, timeoutMs: number): Promise<TrialAnswer> {
    running.idle.refresh()
    const asked = running.last.then(() => exchange(running, task, timeoutMs))
    running.last = asked.catch(() => undefined)
    return asked
  }

  #drop(running: Running, reason: string): void {
    if (this.#running === running) this.#running = undefined
    clearTimeout(running.idle)
    end(running, reason)
  }
}

/** Kills the process: a computing process cannot be stopped otherwise. */
function end(running: Running, reason: string): void {
  if (running.ended === '') running.ended = reason
  if (running.child.exitCode === null && running.child.signalCode === null) running.child.kill('SIGKILL')
}

/** Sends one task and waits for the answer. @throws GuardError ENGINE_TIMEOUT, ENGINE_ERROR; the process is killed then. */
async function exchange(running: Running, task: TrialTask, timeoutMs: number): Promise<TrialAnswer> {
  if (running.ended !== '') throw new GuardError('ENGINE_ERROR', running.ended)
  const { child } = running
  const { promise, resolve, reject } = Promise.withResolvers<TrialAnswer>()
  const fail = (error: GuardError) => {
    end(running, error.message)
    reject(error)
  }
  const onExit = () => fail(new GuardError('ENGINE_ERROR', running.ended || 'the trial process ended'))
  const bound = `${timeoutMs / SECOND_MS} s`
  const onTimeout = () =>
    fail(new GuardError('ENGINE_TIMEOUT', `the rules took more than ${bound} for one ${task.kind === 'scan' ? 'file' : 'compilation'}`))
  const timer = setTimeout(onTimeout, timeoutMs)
  const memoryCheck = setInterval(() => {
    if (residentBytes(child.pid).nowBytes > MAX_MEMORY_BYTES)
      fail(new GuardError('ENGINE_ERROR', `the rules used more than ${MAX_MEMORY_BYTES / MIB_BYTES} MiB of memory`))
  }, MEMORY_POLL_INTERVAL_MS)
  child.once('message', resolve as (message: unknown) => void)
  child.once('exit', onExit)
  try {
    child.send(task, (error) => error && fail(new GuardError('ENGINE_ERROR', running.ended || messageOf(error))))
    return await promise
  } finally {
    clearTimeout(timer)
    clearInterval(memoryCheck)
    child.off('message', resolve as (message: unknown) => void)
    child.off('exit', onExit)
  }
}
