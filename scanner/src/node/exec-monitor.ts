import { Worker } from 'node:worker_threads'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import type { ProcessFacts } from './proc.js'
import type { RunFile, Script } from './process-state.js'

/** A file of a started program, opened when it started. The receiver closes the descriptor. */
export interface StartedFile extends Pick<RunFile, 'kind' | 'path'> {
  readonly fd: number
  /** Name below `/proc/<pid>`. */
  readonly link: string
}

/** A program start that needs attention. */
export interface ProgramStart {
  /**
   * `memory`: the program is in memory only. `interpreter`: an interpreter started with a script or unnamed files. `ended`: the process ended
   * before its program could be read. `unread`: its files may block and were not opened.
   */
  readonly kind: 'memory' | 'interpreter' | 'ended' | 'unread'
  readonly pid: number
  /** Its cgroup paths, one a line, with those of its ancestors when they name no container. */
  readonly cgroup: string
  readonly files: readonly StartedFile[]
  /** Number of programs that the process has started, with this one. */
  readonly startedPrograms: number
  /** Undefined when the process has ended. */
  readonly process: StartedProcess | undefined
  /** The script, whose file is `files[0]`. */
  readonly script: Script | undefined
}

/** A process with the path of its program. */
export type StartedProcess = ProcessFacts & { readonly exe: Buffer }

/** How long the programs of a process are counted after its last one. */
export const EXECUTION_MEMORY_MS = 5 * SECOND_MS

/** Message of the thread. */
export type MonitorMessage =
  | { readonly kind: 'entered'; readonly process: StartedProcess }
  | { readonly kind: 'start'; readonly start: ProgramStart }
  | { readonly kind: 'lost' }
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface ExecMonitorOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  readonly onStart: (start: ProgramStart) => void
  /** A process of a runtime has executed the container's program. */
  readonly onEntered: (process: StartedProcess) => void
  /** The kernel dropped notifications. */
  readonly onLost: () => void
}

const SCRIPT = new URL('./exec-monitor-worker.js', import.meta.url)
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 24 }

/**
 * Learns of program starts from the kernel's process connector, and opens in-memory programs and scripts at once, in a thread of its own: such
 * a program may run for a few milliseconds only, and no file event reports it.
 */
export class ExecMonitor implements Disposable {
  readonly #options: ExecMonitorOptions
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #failure = ''

  constructor(options: ExecMonitorOptions) {
    this.#options = options
    this.#startThread()
  }

  /** Why program starts are not monitored; empty when they are. */
  get failure(): string {
    return this.#failure
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#restart)
    const worker = this.#worker
    this.#worker = undefined
    // The thread ends by itself: to terminate it while a notification arrives would end this process.
    worker?.postMessage('stop')
    // Until then, it keeps this process alive.
    worker?.ref()
  }

  #startThread(): void {
    // This thread closes the descriptors that the other one opens.
    const options = { workerData: this.#options.hostRoot, resourceLimits: RESOURCE_LIMITS, trackUnmanagedFds: false }
    const worker = new Worker(SCRIPT, options)
    this.#worker = worker
    worker.unref()
    worker.on('message', (message: MonitorMessage) => this.#onMessage(message))
    worker.on('error', (error) => this.#onEnd(String(error)))
    worker.on('exit', () => this.#onEnd(this.#failure || 'the thread ended'))
  }

  #onMessage(message: MonitorMessage): void {
    if (message.kind === 'start') this.#options.onStart(withBuffers(message.start))
    else if (message.kind === 'entered') this.#options.onEntered(processWithBuffers(message.process))
    else if (message.kind === 'lost') this.#options.onLost()
    else this.#failure = message.kind === 'failed' ? message.reason : ''
  }

  #onEnd(reason: string): void {
    this.#failure = reason
    if (this.#worker === undefined) return
    this.#worker = undefined
    this.#restart = setTimeout(() => this.#startThread(), MINUTE_MS)
    this.#restart.unref()
  }
}

/** Messages between threads turn buffers into plain byte arrays. */
function withBuffers(start: ProgramStart): ProgramStart {
  const { process, script } = start
  return {
    ...start,
    files: start.files.map((file) => ({ ...file, path: bufferOf(file.path) })),
    process: process && processWithBuffers(process),
    script: script?.kind === 'file' ? { ...script, file: { ...script.file, path: bufferOf(script.file.path) } } : script,
  }
}

function processWithBuffers(process: StartedProcess): StartedProcess {
  return { ...process, commandLine: bufferOf(process.commandLine), exe: bufferOf(process.exe) }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
