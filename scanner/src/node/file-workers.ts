import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { FileWorkerProcess, type ReceivedAnswer } from './file-worker-process.js'
import type { FileFailure, FileRequest } from './file-worker-protocol.js'
import { KernelError } from './libc.js'
import type { ProcessState } from './process-state.js'

/** One worker suffices; the second one continues while the first one is slow. */
const MAX_WORKERS = 2
const SLOW_MS = 100
/** A local disk answers within a fraction of this time, even when it is busy. */
const TIMEOUT_MS = 3 * SECOND_MS
/** Abandoned processes that the kernel has not ended yet. Each needs memory. */
const MAX_ABANDONED = 3
/** A worker that has nothing to do gives its memory back. */
const IDLE_MS = MINUTE_MS

/** A descriptor that a file worker opened. */
export interface OpenedByWorker {
  readonly fd: number
  readonly isElf: boolean
}

interface Job {
  readonly group: string
  readonly request: FileRequest
  resolve(received: ReceivedAnswer): void
  reject(error: KernelError): void
}

interface Worker {
  readonly process: FileWorkerProcess
  job: Job | undefined
  startedAtMs: number
  timer: NodeJS.Timeout | undefined
}

/**
 * Runs system calls that can block for ever in other processes, which are abandoned and replaced when they do. A container whose files have
 * blocked a worker gets no other one until that process has ended, so it cannot use up the workers of the others.
 */
export class FileWorkers implements Disposable {
  readonly #hostRoot: string
  readonly #workers = new Set<Worker>()
  readonly #abandoned = new Map<FileWorkerProcess, string>()
  readonly #queues = new Map<string, Job[]>()
  #isClosed = false

  constructor(hostRoot: string) {
    this.#hostRoot = hostRoot
  }

  /**
   * Reads what processes run.
   *
   * @param group the container whose files may block.
   * @returns one entry per process; undefined for one that has ended.
   * @throws KernelError ETIMEDOUT when the files of the container do not respond.
   */
  async read(group: string, pids: readonly number[]): Promise<readonly (ProcessState | KernelError | undefined)[]> {
    const { answer } = await this.#run(group, { kind: 'read', hostRoot: this.#hostRoot, pids })
    if (answer.kind !== 'states') throw new KernelError('unexpected answer of a file worker', 'EPROTO')
    return answer.states.map((state) => (state && 'errno' in state ? errorOf(state) : state))
  }

  /**
   * Opens a file that a process runs. The caller closes the descriptor.
   *
   * @returns undefined when the process or the file no longer exists. `isElf` is true for a program or library.
   * @throws KernelError like `openRegular`; ETIMEDOUT when the file does not respond.
   */
  async open(group: string, pid: number, link: string): Promise<OpenedByWorker | undefined> {
    const { answer, fd } = await this.#run(group, { kind: 'open', hostRoot: this.#hostRoot, pid, link })
    if (answer.kind === 'opened' && fd !== undefined) return { fd, isElf: answer.isElf }
    if (answer.kind !== 'failed' || ['ENOENT', 'ESRCH', 'EACCES', 'EINVAL'].includes(answer.failure.errno)) return undefined
    throw errorOf(answer.failure)
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    for (const worker of this.#workers) this.#abandon(worker, new KernelError('the scanner is stopping', 'ECANCELED'))
    for (const job of [...this.#queues.values()].flat()) job.reject(new KernelError('the scanner is stopping', 'ECANCELED'))
    this.#queues.clear()
  }

  #run(group: string, request: FileRequest): Promise<ReceivedAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new KernelError('the scanner is stopping', 'ECANCELED'))
      if (this.#isStalled(group)) return reject(stalled())
      const queue = this.#queues.get(group) ?? []
      queue.push({ group, request, resolve, reject })
      this.#queues.set(group, queue)
      this.#dispatch()
    })
  }

  #isStalled(group: string): boolean {
    return this.#abandoned.size >= MAX_ABANDONED || [...this.#abandoned.values()].includes(group)
  }

  #dispatch(): void {
    while (this.#queues.size > 0) {
      const worker = this.#freeWorker()
      const job = worker && this.#nextJob()
      if (!worker || !job) return
      this.#start(worker, job)
    }
  }

  /** Containers take turns. */
  #nextJob(): Job | undefined {
    for (const [group, queue] of this.#queues) {
      this.#queues.delete(group)
      const job = queue.shift()
      if (queue.length > 0) this.#queues.set(group, queue)
      if (job) return job
    }
    return undefined
  }

  #freeWorker(): Worker | undefined {
    let isSlow = true
    for (const worker of this.#workers) {
      if (!worker.job) return worker
      isSlow &&= performance.now() - worker.startedAtMs >= SLOW_MS
    }
    return isSlow && this.#workers.size < MAX_WORKERS ? this.#spawn() : undefined
  }

  #spawn(): Worker {
    const process = new FileWorkerProcess(
      (received) => this.#finish(worker, received),
      () => this.#ended(worker),
    )
    const worker: Worker = { process, job: undefined, startedAtMs: 0, timer: undefined }
    this.#workers.add(worker)
    return worker
  }

  #start(worker: Worker, job: Job): void {
    clearTimeout(worker.timer)
    worker.job = job
    worker.startedAtMs = performance.now()
    worker.timer = setTimeout(() => this.#onSlow(worker), SLOW_MS)
    worker.process.send(job.request)
  }

  #onSlow(worker: Worker): void {
    worker.timer = setTimeout(() => this.#abandon(worker, stalled()), TIMEOUT_MS - SLOW_MS)
    this.#dispatch()
  }

  #finish(worker: Worker, received: ReceivedAnswer): void {
    clearTimeout(worker.timer)
    const { job } = worker
    worker.job = undefined
    worker.timer = setTimeout(() => this.#abandon(worker, stalled()), IDLE_MS)
    worker.timer.unref()
    job?.resolve(received)
    this.#dispatch()
  }

  #abandon(worker: Worker, error: KernelError): void {
    if (!this.#workers.delete(worker)) return
    clearTimeout(worker.timer)
    const { job } = worker
    worker.job = undefined
    if (job) this.#abandoned.set(worker.process, job.group)
    worker.process.abandon()
    job?.reject(error)
    if (job) this.#rejectQueue(job.group)
    if (!this.#isClosed) this.#dispatch()
  }

  #rejectQueue(group: string): void {
    for (const job of this.#queues.get(group) ?? []) job.reject(stalled())
    this.#queues.delete(group)
  }

  /** The process has ended, by itself or because the kernel has let go of it. */
  #ended(worker: Worker): void {
    this.#abandoned.delete(worker.process)
    if (!this.#workers.delete(worker)) return
    clearTimeout(worker.timer)
    worker.job?.reject(new KernelError('a file worker ended unexpectedly', 'EPIPE'))
    if (!this.#isClosed) this.#dispatch()
  }
}

function stalled(): KernelError {
  return new KernelError('the file system of a file did not respond', 'ETIMEDOUT')
}

function errorOf({ errno, message, facts }: FileFailure): KernelError {
  return new KernelError(message, errno, facts)
}
