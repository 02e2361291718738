import { type ResourceLimits, Worker } from 'node:worker_threads'
import { GuardError, messageOf } from '@guardimesh/kit'

export interface WorkerPoolOptions {
  /** The script that runs in each thread; it answers each `WorkerTask` with a `WorkerAnswer`. */
  readonly script: URL
  readonly threadCount: number
  /** A task that takes longer fails, and its thread is replaced: code in a thread cannot be stopped otherwise. */
  readonly timeoutMs: number
  /** Given to each thread when it starts. */
  readonly workerData?: unknown
  /** Of each thread's heap, which otherwise grows as a process's does. */
  readonly resourceLimits?: ResourceLimits
}

/** What a thread is asked. */
export interface WorkerTask<Task> {
  readonly taskId: number
  readonly task: Task
}

/** What a thread answers. */
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
 * Threads that work one task each, so that long computations stay off the event loop. Tasks wait in order; callers bound how many.
 * An idle pool does not keep the process alive.
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

  /** @throws GuardError ENGINE_TIMEOUT, or ENGINE_ERROR with what the thread says or died of. */
  run(task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new GuardError('ENGINE_UNAVAILABLE', 'the worker threads are stopped'))
      this.#queue.push({ task, resolve, reject })
      this.#dispatch()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const job of this.#queue.splice(0)) job.reject(new GuardError('ENGINE_UNAVAILABLE', 'the worker threads are stopped'))
    const threads = [...this.#threads]
    for (const thread of threads) this.#drop(thread, new GuardError('ENGINE_UNAVAILABLE', 'the worker threads are stopped'))
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
      this.#drop(thread, new GuardError('ENGINE_TIMEOUT', `a worker thread gave no answer in ${timeoutMs} ms`, { timeoutMs }))
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

  /** Takes a thread out of the pool; its task fails, the others go on. */
  #drop(thread: Thread<Task, Result>, error: GuardError): void {
    if (!this.#threads.delete(thread)) return
    clearTimeout(thread.timer)
    thread.job?.reject(error)
    thread.job = undefined
    if (!this.#isClosed) this.#dispatch()
  }
}
