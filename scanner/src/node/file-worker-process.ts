import { type ChildProcess, fork } from 'node:child_process'
import { closeSync } from 'node:fs'
import { createDescriptorChannel, drainDescriptors, receiveDescriptor } from './descriptor-channel.js'
import type { FileAnswer, FileRequest } from './file-worker-protocol.js'
import { KernelError } from './libc.js'

const SCRIPT = new URL('./file-worker.js', import.meta.url)
const ARGUMENTS = ['--max-old-space-size=64', '--max-semi-space-size=1']

/** An answer, with the descriptor that belongs to it. */
export interface ReceivedAnswer {
  readonly answer: FileAnswer
  readonly fd: number | undefined
}

/** The process of one file worker. It answers requests in their order. */
export class FileWorkerProcess {
  readonly #child: ChildProcess
  readonly #channel: number
  #isOpen = true

  /** @param onEnd called once when the process has ended, also after `abandon`. */
  constructor(onAnswer: (received: ReceivedAnswer) => void, onEnd: () => void) {
    const [parentFd, childFd] = createDescriptorChannel()
    this.#channel = parentFd
    try {
      const stdio = ['ignore', 'ignore', 'inherit', 'ipc', childFd] as const
      this.#child = fork(SCRIPT, { execArgv: ARGUMENTS, serialization: 'advanced', stdio: [...stdio] })
    } finally {
      closeSync(childFd)
    }
    this.#child.on('message', (answer: FileAnswer) => this.#isOpen && onAnswer(this.#receive(answer)))
    // Also emitted for a failed message or signal; the end of the process follows then, unless it never started.
    this.#child.on('error', () => {
      this.abandon()
      if (this.#child.pid === undefined) onEnd()
    })
    this.#child.once('exit', () => {
      this.#close()
      onEnd()
    })
    this.#child.unref()
    this.#child.channel?.unref()
  }

  send(request: FileRequest): void {
    this.#child.send(request)
  }

  /** Ends the process as soon as the kernel permits it, which may be never. Its answers are discarded. */
  abandon(): void {
    this.#close()
    this.#child.kill('SIGKILL')
  }

  /** A descriptor is lost when this process has too many. */
  #receive(answer: FileAnswer): ReceivedAnswer {
    if (answer.kind !== 'opened') return { answer, fd: undefined }
    try {
      return { answer, fd: receiveDescriptor(this.#channel) }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      const { errno, message } = error
      return { answer: { kind: 'failed', failure: { errno, message, facts: {} } }, fd: undefined }
    }
  }

  #close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    drainDescriptors(this.#channel)
    closeSync(this.#channel)
  }
}
