import { type ResourceLimits, Worker } from 'node:worker_threads'
import { messageOf } from '@guardimesh/kit'
import { waitForEnd } from './wait-for-end.js'
import type { StartWorker, WorkerAnswer } from './worker.js'

export interface ThreadOptions {
  /** Script that answers each `WorkerTask` with a `WorkerAnswer`. */
  readonly script: URL
  /** Limits of each thread's heap, which otherwise grows like that of a process. */
  readonly resourceLimits?: ResourceLimits
}

/** Workers that are threads: they share the descriptors of the process. A system call or native code cannot be interrupted. */
export function threadWorkers<Task, Result>({ script, resourceLimits = {} }: ThreadOptions): StartWorker<Task, Result> {
  return ({ onAnswer, onEnd }) => {
    const worker = new Worker(script, { resourceLimits })
    worker.on('message', (answer: WorkerAnswer<Result>) => onAnswer(answer))
    worker.on('error', (error) => onEnd(`a worker thread failed: ${messageOf(error)}`))
    worker.on('exit', (code) => onEnd(`a worker thread ended with code ${code}`))
    worker.unref()
    return {
      send: (task) => worker.postMessage(task),
      keepAlive: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
      memoryBytes: () => undefined,
      end: () => waitForEnd(worker.terminate()),
    }
  }
}
