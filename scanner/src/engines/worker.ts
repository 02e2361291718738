// Threads with a small heap import this file, so it imports no code.
import type { ErrorCode } from '@guardimesh/kit/errors/guard-error'

/** Message to a worker. */
export interface WorkerTask<Task> {
  readonly taskId: number
  readonly task: Task
}

/**
 * Message from a worker. A refusal is the fault of the task, and the worker continues; after a failure the state of the worker is unknown, so
 * it is replaced.
 */
export type WorkerAnswer<Result> =
  | { readonly taskId: number; readonly result: Result }
  | { readonly taskId: number; readonly refusal: { readonly code: RefusalCode; readonly reason: string } }
  | { readonly taskId: number; readonly failure: string }

type RefusalCode = Extract<ErrorCode, 'ENGINE_ERROR' | 'ENGINE_TIMEOUT'>

/** A thread or process that runs one task at a time. */
export interface PoolWorker<Task> {
  send(task: WorkerTask<Task>): void
  /** Whether the worker keeps the pool's process alive. */
  keepAlive(isBusy: boolean): void
  /** Resident memory; undefined when the worker has none of its own. */
  memoryBytes(): number | undefined
  /** Ends the worker, also during a task. Resolves after a bounded time. */
  end(): Promise<void>
}

export interface WorkerListener<Result> {
  onAnswer(answer: WorkerAnswer<Result>): void
  /** The worker ended without a request. May be called more than once. */
  onEnd(reason: string): void
}

export type StartWorker<Task, Result> = (listener: WorkerListener<Result>) => PoolWorker<Task>

const MAX_REASON_CHARS = 400

/** Thrown by a task that the worker refuses, such as the content of a file that cannot be read. */
export class TaskRefusal extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, reason: string) {
    super(reason)
    this.code = code
  }
}

/** Runs a task in the worker and returns its answer. */
export async function answerTask<Task, Result>(
  { taskId, task }: WorkerTask<Task>,
  run: (task: Task) => Result | Promise<Result>,
): Promise<WorkerAnswer<Result>> {
  try {
    return { taskId, result: await run(task) }
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON_CHARS)
    return error instanceof TaskRefusal ? { taskId, refusal: { code: error.code, reason } } : { taskId, failure: reason }
  }
}
