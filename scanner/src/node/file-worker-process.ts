import { type ChildProcess, fork } from 'node:child_process'
import { closeSync } from 'node:fs'
import { createDescriptorChannel, drainDescriptors, receiveDescriptor } from './descriptor-channel.js'
import type { FileAnswer, FileRequest } from './file-worker-protocol.js'

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
    this.#child.on('message', (answer: FileAnswer) => this.#isOpen && onAnswer({ answer, fd: this.#receive(answer) }))
    // A failed start or a failed message ends the process, or is followed by its end.
    this.#child.on('error', () => this.abandon())
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

  #receive(answer: FileAnswer): number | undefined {
    return answer.kind === 'opened' ? receiveDescriptor(this.#channel) : undefined
  }

  #close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    drainDescriptors(this.#channel)
    closeSync(this.#channel)
  }
}
