import { type ResourceLimits, Worker } from 'node:worker_threads'
import { GuardError, messageOf } from '@guardimesh/kit'

export interface WorkerPoolOptions {
  /** Script that runs in each thread and answers each `WorkerTask` with a `WorkerAnswer`. */
  readonly script: URL
  readonly threadCount: number
  /** Timeout per task. The thread is replaced then, because running code cannot be stopped otherwise. */
  readonly timeoutMs: number
  /** Data that each thread receives when it starts. */
  readonly workerData?: unknown
  /** Limits of each thread's heap, which otherwise grows like that of a process. */
  readonly resourceLimits?: ResourceLimits
}

/** Message to a thread. */
export interface WorkerTask<Task> {
  readonly taskId: number
  readonly task: Task
}

/** Message from a thread. */
export type WorkerAnswer<Result> =
  | { readonly taskId: number; readonly result: Result }
  | { readonly taskId: number; readonly failure: string }

interface Job<Task, Result> {
  readonly task: Task
  resolve(result: Result): void
  reject(error: GuardError): void
}

interface Thread<Task, Result> {
  readonly worker: Worker
  job: Job<Task, Result> | undefined
  timer: NodeJS.Timeout | undefined
}

/**
 * Pool of worker threads for long computations. Each thread runs one task at a time; further tasks wait in order, and the callers limit their
 * number. An idle pool does not keep the process alive.
 */
export class WorkerPool<Task, Result> implements AsyncDisposable {
  readonly #options: WorkerPoolOptions
  readonly #threads = new Set<Thread<Task, Result>>()
  readonly #queue: Job<Task, Result>[] = []
  #lastTaskId = 0
  #isClosed = false

  constructor(options: WorkerPoolOptions) {
    this.#options = options
  }

  /** @throws GuardError ENGINE_TIMEOUT, or ENGINE_ERROR with the failure of the task or thread. */
  run(task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new GuardError('ENGINE_UNAVAILABLE', 'the worker pool is closed'))
      this.#queue.push({ task, resolve, reject })
      this.#dispatch()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const job of this.#queue.splice(0)) job.reject(new GuardError('ENGINE_UNAVAILABLE', 'the worker pool is closed'))
    const threads = [...this.#threads]
    for (const thread of threads) this.#drop(thread, new GuardError('ENGINE_UNAVAILABLE', 'the worker pool is closed'))
    await Promise.all(threads.map((thread) => thread.worker.terminate()))
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#freeThread()
      if (!thread) return
      this.#start(thread, this.#queue.shift() as Job<Task, Result>)
    }
  }

  #freeThread(): Thread<Task, Result> | undefined {
    for (const thread of this.#threads) if (!thread.job) return thread
    return this.#threads.size < this.#options.threadCount ? this.#spawn() : undefined
  }

  #spawn(): Thread<Task, Result> {
    const { script, workerData, resourceLimits = {} } = this.#options
    const worker = new Worker(script, { workerData, resourceLimits })
    const thread: Thread<Task, Result> = { worker, job: undefined, timer: undefined }
    worker.on('message', (answer: WorkerAnswer<Result>) => this.#finish(thread, answer))
    worker.on('error', (error) => this.#drop(thread, new GuardError('ENGINE_ERROR', `a worker thread failed: ${messageOf(error)}`)))
    worker.on('exit', (code) => this.#drop(thread, new GuardError('ENGINE_ERROR', `a worker thread ended with code ${code}`)))
    worker.unref()
    this.#threads.add(thread)
    return thread
  }

  #start(thread: Thread<Task, Result>, job: Job<Task, Result>): void {
    const { timeoutMs } = this.#options
    thread.job = job
    thread.worker.ref()
    thread.timer = setTimeout(() => {
      this.#drop(thread, new GuardError('ENGINE_TIMEOUT', `timeout: no answer from a worker thread after ${timeoutMs} ms`, { timeoutMs }))
      void thread.worker.terminate()
    }, timeoutMs)
    this.#lastTaskId += 1
    const message: WorkerTask<Task> = { taskId: this.#lastTaskId, task: job.task }
    thread.worker.postMessage(message)
  }

  #finish(thread: Thread<Task, Result>, answer: WorkerAnswer<Result>): void {
    const job = thread.job
    clearTimeout(thread.timer)
    thread.job = undefined
    thread.worker.unref()
    if (job && 'failure' in answer) job.reject(new GuardError('ENGINE_ERROR', answer.failure))
    else if (job && 'result' in answer) job.resolve(answer.result)
    this.#dispatch()
  }

  /** Removes a thread from the pool. Its task fails; the others continue. */
  #drop(thread: Thread<Task, Result>, error: GuardError): void {
    if (!this.#threads.delete(thread)) return
    clearTimeout(thread.timer)
    thread.job?.reject(error)
    thread.job = undefined
    if (!this.#isClosed) this.#dispatch()
  }
}
