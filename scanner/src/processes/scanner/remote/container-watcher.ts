import { type ContainerInfoMessage, messages, type RuntimeStatusMessage } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, sleep, UnixSocketClient } from '@guardimesh/kit'
import { isInOwnContainer, mountNamespaceOf } from '../../../node/mount-namespaces.js'
import { requireOwnUid } from '../../../node/peer-credentials.js'
import { rejectionOfLayers } from '../../../sources/verified-layers.js'
import type { ScannerEvents } from '../events/scanner-events.js'

export interface ContainerWatcherOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  /** `inspector.sock`, of an inspector that runs as the same user. */
  readonly socketPath: string
  readonly log: Logger
  readonly events: ScannerEvents
}

type Request = Parameters<typeof messages.InspectorRequest.encode>[0]
type Response = ReturnType<typeof messages.InspectorResponse.decode>
const RETRY = { firstMs: 200, maxMs: 10 * SECOND_MS }
const ANSWER_TIMEOUT_MS = 10 * SECOND_MS

/** Watches the running containers of the node through the inspector. While the inspector is unavailable, the last known ones remain. */
export class ContainerWatcher implements Disposable {
  readonly #options: ContainerWatcherOptions
  readonly #client: UnixSocketClient<Request, Response>
  readonly #containers = new Map<string, ContainerInfoMessage>()
  #isSynced = false
  #failure = 'the inspector has not been reached yet'

  constructor(options: ContainerWatcherOptions) {
    this.#options = options
    const { socketPath } = options
    const types = { request: messages.InspectorRequest, answer: messages.InspectorResponse }
    this.#client = new UnixSocketClient<Request, Response>({
      ...{ socketPath, ...types, timeoutMs: ANSWER_TIMEOUT_MS },
      checkPeer: requireOwnUid(),
    })
  }

  /** Running containers by id, without the sandbox containers of pods. */
  get containers(): ReadonlyMap<string, ContainerInfoMessage> {
    return this.#containers
  }

  /** Why the inspector is unavailable; empty when it is connected and has reported all containers. */
  get failure(): string {
    return this.#isSynced ? '' : this.#failure
  }

  /** Watches until the signal is aborted, and reconnects after every failure. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        await this.#watchOnce(signal, () => {
          failures = 0
        })
        this.#failure = 'the inspector closed the stream'
      } catch (error) {
        this.#failure = messageOf(error)
      }
      this.#isSynced = false
      if (signal.aborted) return
      failures += 1
      const pauseMs = backoffMs(failures, RETRY)
      this.#options.log.warn(
        { reason: this.#failure, pauseMs },
        'inspector unavailable; still watching the last known containers, retrying',
      )
      await sleep(pauseMs, signal)
    }
  }

  /** Fetches the runtime that the inspector uses; undefined when the request fails. */
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
    const reported = new Set<string>()
    const onAnswer = ({ change }: Response): boolean => {
      if (change?.synced) {
        for (const containerId of [...this.#containers.keys()]) if (!reported.has(containerId)) this.#stop(containerId)
        this.#isSynced = true
        onSynced()
      } else if (change) this.#apply(change, reported)
      return true
    }
    await this.#client.stream({ watchContainers: {} }, onAnswer, signal)
  }

  #apply({ started, endedUnseen, stoppedContainerId }: NonNullable<Response['change']>, reported: Set<string>): void {
    if (started) {
      reported.add(started.containerId ?? '')
      this.#start(started as ContainerInfoMessage)
    }
    if (endedUnseen) this.#options.events.emit('containerEndedUnseen', endedUnseen as ContainerInfoMessage)
    if (stoppedContainerId) this.#stop(stoppedContainerId)
  }

  #start(described: ContainerInfoMessage): void {
    if (described.sandbox) return
    const container = this.#withVerifiedLayers(described)
    // Its mounts can be neither verified nor read any more.
    if (container.unsupportedReason !== '' && described.pid > 0 && mountNamespaceOf(this.#options.hostRoot, described.pid) === undefined) {
      this.#options.events.emit('containerEndedUnseen', described)
      return
    }
    const known = this.#containers.get(container.containerId)
    this.#containers.set(container.containerId, container)
    // After a reconnect the inspector reports all containers again.
    if (known && known.pid === container.pid && known.upperdir === container.upperdir) return
    if (known) this.#options.events.emit('containerStopped', known)
    this.#options.events.emit('containerStarted', container)
  }

  #withVerifiedLayers(container: ContainerInfoMessage): ContainerInfoMessage {
    if (container.upperdir === '' && container.lowerdirs.length === 0) return container
    const { hostRoot, log } = this.#options
    if (isInOwnContainer(hostRoot, container.pid)) return withoutLayers(container, 'the scanner does not scan its own container')
    const rejection = rejectionOfLayers(hostRoot, container)
    if (rejection === undefined) return container
    const { containerId, pid } = container
    // Those of a container that has ended cannot be verified any more.
    if (mountNamespaceOf(hostRoot, pid) !== undefined)
      log.error({ containerId, rejection }, 'layers from the inspector rejected: its socket may have been replaced')
    return withoutLayers(container, `the layers that the inspector reported are rejected: ${rejection}`)
  }

  #stop(containerId: string): void {
    const container = this.#containers.get(containerId)
    if (!container) return
    this.#containers.delete(containerId)
    this.#options.events.emit('containerStopped', container)
  }
}

function withoutLayers(container: ContainerInfoMessage, unsupportedReason: string): ContainerInfoMessage {
  const facts = { ...container, mounts: [...container.mounts], upperdir: '', lowerdirs: [], layerDigests: [], unsupportedReason }
  // Fields with default values are not copied, because they are in the prototype.
  return messages.ContainerInfo.create(facts) as ContainerInfoMessage
}
