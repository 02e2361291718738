import { containerd, runtime } from '#runtime-messages'
import { GrpcError, GrpcUnixClient } from './grpc-unix.js'

const { v1 } = runtime
const events = containerd.services.events.v1
const SERVICE = '/runtime.v1.RuntimeService'
const IMAGE_SERVICE = '/runtime.v1.ImageService'

/**
 * Events of containerd for the start and end of a container's first process. Excludes "/tasks/exit", which every exec probe also causes.
 */
const CONTAINERD_FILTERS = ['/tasks/start', '/tasks/delete'].map((topic) => `namespace==k8s.io,topic==${JSON.stringify(topic)}`)

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
  watchCriEvents(onChange: () => void, signal: AbortSignal): Promise<void> {
    return this.#grpc.stream(`${SERVICE}/GetContainerEvents`, v1.GetEventsRequest, v1.ContainerEventResponse, {}, onChange, signal)
  }

  /** Like `watchCriEvents`, with containerd's own API, which every version has. */
  watchContainerdEvents(onChange: () => void, signal: AbortSignal): Promise<void> {
    const path = '/containerd.services.events.v1.Events/Subscribe'
    return this.#grpc.stream(path, events.SubscribeRequest, events.Envelope, { filters: CONTAINERD_FILTERS }, onChange, signal)
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
