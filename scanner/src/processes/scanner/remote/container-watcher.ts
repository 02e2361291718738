import { type ContainerInfoMessage, messages, type RuntimeStatusMessage, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep, UnixSocketClient } from '@guardimesh/kit'

export interface WatchPodsOptions {
  /** `inspector.sock` in the run folder. */
  readonly socketPath: string
  readonly log: Logger
  readonly onStarted: (container: ContainerInfoMessage) => void
  readonly onStopped: (container: ContainerInfoMessage) => void
}

type Request = Parameters<typeof messages.InspectorRequest.encode>[0]
type Response = ReturnType<typeof messages.InspectorResponse.decode>
const RETRY = { firstMs: 200, maxMs: 10 * SECOND_MS }
const ANSWER_TIMEOUT_MS = 10 * SECOND_MS

/** The containers that run on the node, as the inspector tells them. While the inspector is away the last known ones stay. */
export class WatchPods implements Disposable {
  readonly #options: WatchPodsOptions
  readonly #client: UnixSocketClient<Request, Response>
  readonly #containers = new Map<string, ContainerInfoMessage>()
  #isSynced = false
  #failure = 'the inspector was not reached yet'

  constructor(options: WatchPodsOptions) {
    this.#options = options
    const { socketPath } = options
    const types = { request: messages.InspectorRequest, answer: messages.InspectorResponse }
    this.#client = new UnixSocketClient<Request, Response>({ socketPath, ...types, timeoutMs: ANSWER_TIMEOUT_MS })
  }

  /** Running containers, without the infrastructure containers of pods. */
  get containers(): ReadonlyMap<string, ContainerInfoMessage> {
    return this.#containers
  }

  /** True while the inspector is connected and has told everything that runs. */
  get isSynced(): boolean {
    return this.#isSynced
  }

  /** Why the inspector is not reached; empty when it is. */
  get failure(): string {
    return this.#isSynced ? '' : this.#failure
  }

  /** Watches until the signal is aborted, connecting again after every loss. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        await this.#watchOnce(signal, () => {
          failures = 0
        })
        this.#failure = 'the inspector ended its answer'
      } catch (error) {
        this.#failure = messageOf(error)
      }
      this.#isSynced = false
      if (signal.aborted) return
      failures += 1
      const pauseMs = backoffMs(failures, RETRY)
      this.#options.log.warn({ why: this.#failure, pauseMs }, 'the inspector is not reached; the containers known last stay watched')
      await sleep(pauseMs, signal)
    }
  }

  /** The runtime that the inspector chose; undefined when it cannot be asked. */
  async runtime(): Promise<RuntimeStatusMessage | undefined> {
    try {
      const answer = await this.#client.ask({ getRuntime: {} })
      return (answer.runtime ?? undefined) as RuntimeStatusMessage | undefined
    } catch {
      return undefined
    }
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }

  async #watchOnce(signal: AbortSignal, onSynced: () => void): Promise<void> {
    const told = new Set<string>()
    const onAnswer = ({ change }: Response): boolean => {
      if (change?.started) {
        told.add(change.started.containerId ?? '')
        this.#start(change.started as ContainerInfoMessage)
      }
      if (change?.stoppedContainerId) this.#stop(change.stoppedContainerId)
      if (change?.synced) {
        for (const containerId of [...this.#containers.keys()]) if (!told.has(containerId)) this.#stop(containerId)
        this.#isSynced = true
        onSynced()
      }
      return true
    }
    await this.#client.stream({ watchContainers: {} }, onAnswer, signal)
  }

  #start(container: ContainerInfoMessage): void {
    if (container.sandbox) return
    const known = this.#containers.get(container.containerId)
    this.#containers.set(container.containerId, container)
    // After a reconnect everything is told again.
    if (known && known.pid === container.pid && known.upperdir === container.upperdir) return
    if (known) this.#options.onStopped(known)
    this.#options.onStarted(container)
  }

  #stop(containerId: string): void {
    const container = this.#containers.get(containerId)
    if (!container) return
    this.#containers.delete(containerId)
    this.#options.onStopped(container)
  }
}
