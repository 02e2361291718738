import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { messageOf } from '@guardimesh/kit'
import { residentBytes } from '@guardimesh/signature-format'
import { waitForEnd } from './wait-for-end.js'
import { answerTask, type StartWorker, type WorkerAnswer, type WorkerTask } from './worker.js'

/** Contents and compiled rules are outside the heap, which holds little more than the code of the script. */
const V8_OPTIONS = ['--max-old-space-size=64', '--max-semi-space-size=1']

export interface ProcessOptions {
  /** Script that runs `serveTasks`. */
  readonly script: URL
  /** Data that each process receives when it starts. */
  readonly data: unknown
  /** Open file that each process inherits as `WORKER_DESCRIPTOR`. */
  readonly descriptor?: number
}

/** After standard input, output and error, and the channel to the pool. */
export const WORKER_DESCRIPTOR = 4

/** Workers that are processes: they can be killed while they run native code, and a crash in native code ends only that process. */
export function processWorkers<Task, Result>({ script, data, descriptor }: ProcessOptions): StartWorker<Task, Result> {
  return ({ onAnswer, onEnd }) => {
    const child = fork(fileURLToPath(script), {
      execArgv: V8_OPTIONS,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', ...(descriptor === undefined ? [] : [descriptor])],
      env: {},
    })
    const send = (message: unknown) => {
      child.send(message as object, (error) => error && onEnd(`failed to send a task to a worker process: ${messageOf(error)}`))
    }
    child.on('message', (answer) => onAnswer(answer as WorkerAnswer<Result>))
    child.on('error', (error) => onEnd(`failed to start a worker process: ${messageOf(error)}`))
    child.on('exit', (code, signal) => onEnd(`a worker process ended (${signal ?? `code ${code}`})`))
    keepAlive(child, false)
    send(data)
    return {
      send,
      keepAlive: (isBusy) => keepAlive(child, isBusy),
      memoryBytes: () => residentBytes(child.pid).nowBytes,
      end: () => kill(child),
    }
  }
}

function keepAlive(child: ChildProcess, isBusy: boolean): void {
  if (isBusy) child.ref()
  else child.unref()
  if (isBusy) child.channel?.ref()
  else child.channel?.unref()
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.kill('SIGKILL')
  await waitForEnd(promise)
}

type RunTask<Task, Result> = (task: Task) => Result | Promise<Result>

/**
 * Answers tasks in a worker process until the pool's process ends.
 *
 * @param start receives the data of the pool and returns the function that runs tasks. If it throws, all tasks fail.
 */
export function serveTasks<Data, Task, Result>(start: (data: Data) => RunTask<Task, Result>): void {
  process.once('message', (data: Data) => {
    const run = startWith(start, data)
    process.on('message', async (message: WorkerTask<Task>) => process.send?.(await answerTask(message, run)))
  })
  process.on('disconnect', () => process.exit(0))
}

function startWith<Data, Task, Result>(start: (data: Data) => RunTask<Task, Result>, data: Data): RunTask<Task, Result> {
  try {
    return start(data)
  } catch (error) {
    return () => {
      throw error
    }
  }
}
