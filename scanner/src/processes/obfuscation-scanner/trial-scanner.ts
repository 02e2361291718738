import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MIB_BYTES, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { residentBytes } from '@guardimesh/signature-format'
import type { TrialAnswer, TrialTask } from './trial-worker.js'
import type { RuleMatch } from './yara-matcher.js'

const SCRIPT = fileURLToPath(new URL('./trial-worker.js', import.meta.url))
/** As the signature server has proven already; a node is slower. */
const COMPILE_TIMEOUT_MS = 20 * SECOND_MS
/** One content's time: 16 MiB take 0.15 s. */
const SCAN_TIMEOUT_MS = 10 * SECOND_MS
/** Whoever asked is gone, when nothing is asked for so long. */
const IDLE_TIMEOUT_MS = 5 * MINUTE_MS
/** The pod's limit is 512 MiB, and the rules in force need their part. */
const MAX_MEMORY_BYTES = 256 * MIB_BYTES
const MEMORY_POLL_INTERVAL_MS = 50
/** Of V8: 128 MiB for the rules and the content, 32 MiB for all else. */
const V8_LIMITS = ['--wasm-max-mem-pages=2048', '--max-old-space-size=32']

interface Running {
  readonly trialId: string
  readonly child: ChildProcess
  /** Ends it when nobody asks any more. */
  readonly idle: NodeJS.Timeout
  /** One task after the other: the process can do no more. */
  last: Promise<unknown>
  /** Why it ended; empty while it runs. */
  ended: string
}

/**
 * Looks at contents with rules that are tried: in a process of its own, within bounds of time and memory, so that nothing that they do is felt by
 * the rules in force. Rules that went over a bound once are not asked again.
 */
export class TrialScanner implements Disposable {
  #running: Running | undefined

  /**
   * Compiles the rules of a trial; those of another one are ended. The same trial may be set again.
   *
   * @throws GuardError SIGNATURES_INVALID for rules that do not compile, ENGINE_TIMEOUT or ENGINE_ERROR for those that go over a bound.
   */
  async set(trialId: string, source: string): Promise<void> {
    this.end()
    const child = fork(SCRIPT, { execArgv: V8_LIMITS, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} })
    const idle = setTimeout(() => this.end(trialId), IDLE_TIMEOUT_MS).unref()
    const running: Running = { trialId, child, idle, last: Promise.resolve(), ended: '' }
    child.once('error', (error) => end(running, messageOf(error)))
    child.once('exit', (code, signal) => end(running, `the process of the rules ended (${signal ?? `code ${code}`})`))
    this.#running = running
    const answer = await this.#ask(running, { kind: 'compile', source }, COMPILE_TIMEOUT_MS)
    if (answer.kind === 'compiled') return
    this.#drop(running, 'the rules do not compile')
    const reason = 'reason' in answer ? answer.reason : ''
    throw new GuardError(answer.kind === 'broken' ? 'SIGNATURES_INVALID' : 'ENGINE_ERROR', `the rules cannot be compiled: ${reason}`)
  }

  /** @throws GuardError ENGINE_UNAVAILABLE when the trial was not set, ENGINE_TIMEOUT or ENGINE_ERROR when its rules went over a bound. */
  async scan(trialId: string, content: Uint8Array, fileName: string): Promise<readonly RuleMatch[]> {
    const running = this.#running
    if (running?.trialId !== trialId) throw new GuardError('ENGINE_UNAVAILABLE', 'the rules of this trial are not set')
    const answer = await this.#ask(running, { kind: 'scan', content, fileName }, SCAN_TIMEOUT_MS)
    if (answer.kind === 'matches') return answer.matches
    throw new GuardError('ENGINE_ERROR', `the rules failed: ${'reason' in answer ? answer.reason : ''}`)
  }

  /** Ends the trial; undefined: whichever it is. */
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

  #drop(running: Running, why: string): void {
    if (this.#running === running) this.#running = undefined
    clearTimeout(running.idle)
    end(running, why)
  }
}

/** Nothing but its death stops a process that computes. */
function end(running: Running, why: string): void {
  if (running.ended === '') running.ended = why
  if (running.child.exitCode === null && running.child.signalCode === null) running.child.kill('SIGKILL')
}

/** @throws GuardError ENGINE_TIMEOUT, ENGINE_ERROR; the process is ended then. */
async function exchange(running: Running, task: TrialTask, timeoutMs: number): Promise<TrialAnswer> {
  if (running.ended !== '') throw new GuardError('ENGINE_ERROR', running.ended)
  const { child } = running
  const { promise, resolve, reject } = Promise.withResolvers<TrialAnswer>()
  const give = (error: GuardError) => {
    end(running, error.message)
    reject(error)
  }
  const onExit = () => give(new GuardError('ENGINE_ERROR', running.ended || 'the process of the rules ended'))
  const bound = `${timeoutMs / SECOND_MS} s`
  const late = () =>
    give(new GuardError('ENGINE_TIMEOUT', `the rules took more than ${bound} for one ${task.kind === 'scan' ? 'file' : 'compilation'}`))
  const timer = setTimeout(late, timeoutMs)
  const watch = setInterval(() => {
    if (residentBytes(child.pid).nowBytes > MAX_MEMORY_BYTES)
      give(new GuardError('ENGINE_ERROR', `the rules took more than ${MAX_MEMORY_BYTES / MIB_BYTES} MiB of memory`))
  }, MEMORY_POLL_INTERVAL_MS)
  child.once('message', resolve as (message: unknown) => void)
  child.once('exit', onExit)
  try {
    child.send(task, (error) => error && give(new GuardError('ENGINE_ERROR', running.ended || messageOf(error))))
    return await promise
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    child.off('message', resolve as (message: unknown) => void)
    child.off('exit', onExit)
  }
}
