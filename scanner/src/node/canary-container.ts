import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { GuardError } from '@guardimesh/kit/errors/guard-error'

/** Mount point of the volume of a canary container. */
export const CANARY_VOLUME = '/volume'

/** Request to write a file, in the container. */
export interface CanaryWrite {
  readonly path: string
  readonly content: Uint8Array
}

/** Answer to the start and to each request; `failure` is empty on success. */
export interface CanaryAnswer {
  readonly failure: string
}

const V8_OPTIONS = ['--max-old-space-size=32', '--max-semi-space-size=1']

/**
 * A process that lives in a mount namespace of its own like one of a container: its root is an overlay, with a volume. Both are in memory, no
 * container of the node is involved, and everything ends with the process.
 */
export class CanaryContainer implements Disposable {
  readonly #child: ChildProcess
  #answer = Promise.withResolvers<CanaryAnswer>()

  /** @throws GuardError KERNEL_CALL_FAILED when it cannot be created, or the signal's reason. */
  static async start(signal: AbortSignal): Promise<CanaryContainer> {
    const container = new CanaryContainer(signal)
    try {
      await container.#succeeded()
      return container
    } catch (error) {
      container[Symbol.dispose]()
      throw error
    }
  }

  private constructor(signal: AbortSignal) {
    this.#child = fork(fileURLToPath(new URL('./canary-container-worker.js', import.meta.url)), {
      ...{ execArgv: V8_OPTIONS, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} },
      ...{ signal, killSignal: 'SIGKILL' },
    })
    this.#child.on('message', (answer) => this.#answer.resolve(answer as CanaryAnswer))
    this.#child.on('error', (error) => this.#answer.resolve({ failure: String(error) }))
    this.#child.on('exit', (code, cause) => this.#answer.resolve({ failure: `its process ended (${cause ?? `code ${code}`})` }))
  }

  /** Process id in the PID namespace of this process. */
  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Writes a file without a name. @throws GuardError KERNEL_CALL_FAILED. */
  async write(request: CanaryWrite): Promise<void> {
    this.#answer = Promise.withResolvers()
    this.#child.send(request)
    await this.#succeeded()
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL')
  }

  async #succeeded(): Promise<void> {
    const { failure } = await this.#answer.promise
    if (failure !== '') throw new GuardError('KERNEL_CALL_FAILED', `the canary container failed: ${failure}`)
  }
}
