import { GuardError } from '@guardimesh/kit'
import type { PoolWorker, StartWorker, WorkerAnswer } from './worker.js'

/** Why a worker was replaced. */
export const REPLACEMENT_CAUSES = ['crash', 'failure', 'timeout', 'memory'] as const
export type ReplacementCause = (typeof REPLACEMENT_CAUSES)[number]

export interface MemoryLimit {
  readonly bytes: number
  /** Measured from the start of the worker, or from its first answer, when it has loaded its data. */
  readonly since: 'start' | 'first-answer'
}

export interface WorkerPoolOptions<Task, Result> {
  readonly start: StartWorker<Task, Result>
  readonly workerCount: number
  /** Timeout per task. The worker is replaced then. */
  readonly timeoutMs: number
  readonly memoryLimit?: MemoryLimit
  /** How often a task runs when its worker is replaced. A crash may be the fault of the worker, not of the task. */
  readonly maxAttempts?: number
  readonly onReplaced?: (cause: ReplacementCause, reason: string) => void
}

const MAX_ATTEMPTS = 2
/** Interval for checking the timeouts and the memory of busy workers. */
const CHECK_INTERVAL_MS = 50

interface Job<Task, Result> {
  readonly task: Task
  readonly timeoutMs: number
  attempts: number
  resolve(result: Result): void
  reject(error: GuardError): void
}

interface Slot<Task, Result> {
  readonly worker: PoolWorker<Task>
  job: Job<Task, Result> | undefined
  taskId: number
  deadlineMs: number
  /** Memory of the worker at the start of the memory limit; undefined until then. */
  baseBytes: number | undefined
}

/**
 * Pool of workers for long computations. Each worker runs one task at a time; further tasks wait in order, and the callers limit their number.
 * A worker is replaced after every failure except a refusal, after a timeout, and when its memory exceeds the limit; its task is repeated by
 * another worker. An idle pool does not keep the process alive.
 */
export class WorkerPool<Task, Result> implements AsyncDisposable {
  readonly #options: WorkerPoolOptions<Task, Result>
  /** Ordered by last use: the first is idle for the longest time, so that no worker gets all tasks because it fails fastest. */
  readonly #slots: Slot<Task, Result>[] = []
  readonly #queue: Job<Task, Result>[] = []
  #check: NodeJS.Timeout | undefined
  #lastTaskId = 0
  #isClosed = false

  constructor(options: WorkerPoolOptions<Task, Result>) {
    this.#options = options
  }

  /** @throws GuardError ENGINE_TIMEOUT, or ENGINE_ERROR with the failure of the task or worker. */
  run(task: Task, timeoutMs = this.#options.timeoutMs): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closedError())
      this.#queue.push({ task, timeoutMs, attempts: 0, resolve, reject })
      this.#dispatch()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    const slots = this.#slots.splice(0)
    for (const job of [...this.#queue.splice(0), ...slots.flatMap(({ job }) => job ?? [])]) job.reject(closedError())
    this.#checkWhileBusy()
    await Promise.all(slots.map(({ worker }) => worker.end()))
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const slot = this.#idleSlot()
      if (!slot) break
      this.#start(slot, this.#queue.shift() as Job<Task, Result>)
    }
    this.#checkWhileBusy()
  }

  #idleSlot(): Slot<Task, Result> | undefined {
    const idle = this.#slots.find(({ job }) => !job)
    return idle ?? (this.#slots.length < this.#options.workerCount ? this.#spawn() : undefined)
  }

  #spawn(): Slot<Task, Result> {
    const worker = this.#options.start({
      onAnswer: (answer) => this.#finish(slot, answer),
      onEnd: (reason) => this.#replace(slot, 'crash', reason),
    })
    const baseBytes = this.#options.memoryLimit?.since === 'start' ? 0 : undefined
    const slot: Slot<Task, Result> = { worker, job: undefined, taskId: 0, deadlineMs: 0, baseBytes }
    this.#slots.push(slot)
    return slot
  }

  #start(slot: Slot<Task, Result>, job: Job<Task, Result>): void {
    this.#slots.splice(this.#slots.indexOf(slot), 1)
    this.#slots.push(slot)
    this.#lastTaskId += 1
    job.attempts += 1
    slot.job = job
    slot.taskId = this.#lastTaskId
    slot.deadlineMs = performance.now() + job.timeoutMs
    slot.worker.keepAlive(true)
    slot.worker.send({ taskId: slot.taskId, task: job.task })
  }

  #finish(slot: Slot<Task, Result>, answer: WorkerAnswer<Result>): void {
    const { job } = slot
    if (!job || answer.taskId !== slot.taskId || !this.#slots.includes(slot)) return
    if ('failure' in answer) {
      this.#replace(slot, 'failure', answer.failure)
      return
    }
    slot.job = undefined
    slot.worker.keepAlive(false)
    if (this.#options.memoryLimit) slot.baseBytes ??= slot.worker.memoryBytes()
    if ('refusal' in answer) job.reject(new GuardError(answer.refusal.code, answer.refusal.reason))
    else job.resolve(answer.result)
    this.#dispatch()
  }

  #checkWhileBusy(): void {
    const isBusy = this.#slots.some(({ job }) => job)
    if (isBusy) this.#check ??= setInterval(() => this.#checkLimits(), CHECK_INTERVAL_MS).unref()
    else this.#check = void clearInterval(this.#check)
  }

  #checkLimits(): void {
    for (const slot of [...this.#slots]) {
      const timeoutMs = slot.job?.timeoutMs
      if (timeoutMs !== undefined && performance.now() > slot.deadlineMs)
        this.#replace(slot, 'timeout', `timeout: no answer from a worker after ${timeoutMs} ms`)
      else if (this.#exceedsMemory(slot)) this.#replace(slot, 'memory', 'a worker exceeded its memory limit')
    }
  }

  #exceedsMemory({ worker, baseBytes }: Slot<Task, Result>): boolean {
    const { memoryLimit } = this.#options
    return memoryLimit !== undefined && baseBytes !== undefined && (worker.memoryBytes() ?? 0) - baseBytes > memoryLimit.bytes
  }

  /** Removes a worker from the pool. Its task is repeated, or fails; the others continue. */
  #replace(slot: Slot<Task, Result>, cause: ReplacementCause, reason: string): void {
    const index = this.#slots.indexOf(slot)
    if (index === -1) return
    this.#slots.splice(index, 1)
    void slot.worker.end()
    this.#options.onReplaced?.(cause, reason)
    const { job } = slot
    if (job && job.attempts < (this.#options.maxAttempts ?? MAX_ATTEMPTS)) this.#queue.unshift(job)
    else job?.reject(new GuardError(cause === 'timeout' ? 'ENGINE_TIMEOUT' : 'ENGINE_ERROR', reason))
    this.#dispatch()
  }
}

function closedError(): GuardError {
  return new GuardError('ENGINE_UNAVAILABLE', 'the worker pool is closed')
}
