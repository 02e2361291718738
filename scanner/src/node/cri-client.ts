import { containerd, runtime } from '#runtime-messages'
import { GrpcError, GrpcUnixClient } from './grpc-unix.js'

const { v1 } = runtime
const events = containerd.services.events.v1
const SERVICE = '/runtime.v1.RuntimeService'
const IMAGE_SERVICE = '/runtime.v1.ImageService'

/**
 * Events of containerd for the start and end of a container's first process, in all of its namespaces. Excludes "/tasks/exit", which every exec probe also causes.
 */
const [TASK_START, TASK_DELETE] = ['/tasks/start', '/tasks/delete']
const CONTAINERD_FILTERS = [TASK_START, TASK_DELETE].map((topic) => `topic==${JSON.stringify(topic)}`)

/** The start or end of a container's first process, as far as the runtime reports it. */
export interface RuntimeEvent {
  readonly containerId: string
  /** Undefined when the runtime does not distinguish them. */
  readonly kind: 'started' | 'ended' | undefined
}

/** Client for the Kubernetes Container Runtime Interface, version v1. Every method throws GrpcError. */
export class CriClient implements Disposable {
  readonly #grpc: GrpcUnixClient

  /** @param socketPath path in this process's file system. */
  constructor(socketPath: string, timeoutMs: number) {
    this.#grpc = new GrpcUnixClient(socketPath, timeoutMs)
  }

  version(): Promise<runtime.v1.VersionResponse> {
    return this.#grpc.ask(`${SERVICE}/Version`, v1.VersionRequest, v1.VersionResponse, {})
  }

  /** Lists the running containers, without infrastructure containers. */
  async listRunning(): Promise<runtime.v1.Container.$Properties[]> {
    const request = { filter: { state: { state: v1.ContainerState.CONTAINER_RUNNING } } }
    const answer = await this.#grpc.ask(`${SERVICE}/ListContainers`, v1.ListContainersRequest, v1.ListContainersResponse, request)
    return answer.containers
  }

  /** Lists the ids of all containers and infrastructure containers, in any state. */
  async listIds(): Promise<string[]> {
    const [{ containers }, { items }] = await Promise.all([
      this.#grpc.ask(`${SERVICE}/ListContainers`, v1.ListContainersRequest, v1.ListContainersResponse, {}),
      this.#grpc.ask(`${SERVICE}/ListPodSandbox`, v1.ListPodSandboxRequest, v1.ListPodSandboxResponse, {}),
    ])
    return [...containers, ...items].map(({ id }) => id ?? '')
  }

  /** @returns undefined when the container does not exist. */
  containerStatus(containerId: string): Promise<runtime.v1.ContainerStatusResponse | undefined> {
    const request = { containerId, verbose: true }
    return undefinedIfNotFound(this.#grpc.ask(`${SERVICE}/ContainerStatus`, v1.ContainerStatusRequest, v1.ContainerStatusResponse, request))
  }

  /** @returns undefined when the pod does not exist. */
  podSandboxStatus(podSandboxId: string): Promise<runtime.v1.PodSandboxStatusResponse | undefined> {
    return undefinedIfNotFound(
      this.#grpc.ask(`${SERVICE}/PodSandboxStatus`, v1.PodSandboxStatusRequest, v1.PodSandboxStatusResponse, { podSandboxId }),
    )
  }

  /** @returns undefined when the image does not exist. */
  imageStatus(imageRef: string): Promise<runtime.v1.ImageStatusResponse | undefined> {
    const request = { image: { image: imageRef }, verbose: true }
    return undefinedIfNotFound(this.#grpc.ask(`${IMAGE_SERVICE}/ImageStatus`, v1.ImageStatusRequest, v1.ImageStatusResponse, request))
  }

  /** Calls `onChange` when any container starts or stops, until the signal is aborted. Available in CRI-O and containerd 1.7 or later. */
  watchCriEvents(onChange: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    const onEvent = ({ containerId }: runtime.v1.ContainerEventResponse) => onChange({ containerId: containerId ?? '', kind: undefined })
    return this.#grpc.stream(`${SERVICE}/GetContainerEvents`, v1.GetEventsRequest, v1.ContainerEventResponse, {}, onEvent, signal)
  }

  /** Like `watchCriEvents`, with containerd's own API, which every version has, and for containers of other clients of containerd, too. */
  watchContainerdEvents(onChange: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    const path = '/containerd.services.events.v1.Events/Subscribe'
    const onEvent = ({ topic, event }: containerd.services.events.v1.Envelope) => {
      const { containerId } = events.TaskEvent.decode(event?.value ?? new Uint8Array())
      onChange({ containerId: containerId ?? '', kind: topic === TASK_START ? 'started' : 'ended' })
    }
    return this.#grpc.stream(path, events.SubscribeRequest, events.Envelope, { filters: CONTAINERD_FILTERS }, onEvent, signal)
  }

  [Symbol.dispose](): void {
    this.#grpc[Symbol.dispose]()
  }
}

async function undefinedIfNotFound<Answer>(response: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await response
  } catch (error) {
    if (error instanceof GrpcError && error.isNotFound) return undefined
    throw error
  }
}
