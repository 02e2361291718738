import { containerd, runtime } from '#runtime-messages'
import { GrpcError, GrpcUnixClient } from './grpc-unix.js'

const { v1 } = runtime
const events = containerd.services.events.v1
const SERVICE = '/runtime.v1.RuntimeService'

/**
 * What containerd tells as it starts and ends the first process of a container. Not "/tasks/exit": every probe that runs in a container ends with it.
 */
const CONTAINERD_FILTERS = ['/tasks/start', '/tasks/delete'].map((topic) => `namespace==k8s.io,topic==${JSON.stringify(topic)}`)

/** Asks a runtime by the Kubernetes Container Runtime Interface, version v1. Every method throws GrpcError. */
export class CriClient implements Disposable {
  readonly #grpc: GrpcUnixClient

  /** @param socketPath as this process sees it. */
  constructor(socketPath: string, timeoutMs: number) {
    this.#grpc = new GrpcUnixClient(socketPath, timeoutMs)
  }

  version(): Promise<runtime.v1.VersionResponse> {
    return this.#grpc.ask(`${SERVICE}/Version`, v1.VersionRequest, v1.VersionResponse, {})
  }

  /** Containers that run, without those of the pods' infrastructure. */
  async listRunning(): Promise<runtime.v1.Container.$Properties[]> {
    const request = { filter: { state: { state: v1.ContainerState.CONTAINER_RUNNING } } }
    const answer = await this.#grpc.ask(`${SERVICE}/ListContainers`, v1.ListContainersRequest, v1.ListContainersResponse, request)
    return answer.containers
  }

  /** @returns undefined when there is no such container. */
  containerStatus(containerId: string): Promise<runtime.v1.ContainerStatusResponse | undefined> {
    const request = { containerId, verbose: true }
    return undefinedIfNotFound(this.#grpc.ask(`${SERVICE}/ContainerStatus`, v1.ContainerStatusRequest, v1.ContainerStatusResponse, request))
  }

  /** @returns undefined when there is no such pod. */
  podSandboxStatus(podSandboxId: string): Promise<runtime.v1.PodSandboxStatusResponse | undefined> {
    return undefinedIfNotFound(
      this.#grpc.ask(`${SERVICE}/PodSandboxStatus`, v1.PodSandboxStatusRequest, v1.PodSandboxStatusResponse, { podSandboxId }),
    )
  }

  /** Tells that some container started or stopped, until the signal is aborted. CRI-O, and containerd from 1.7 on, have this stream. */
  watchCriEvents(onChange: () => void, signal: AbortSignal): Promise<void> {
    return this.#grpc.stream(`${SERVICE}/GetContainerEvents`, v1.GetEventsRequest, v1.ContainerEventResponse, {}, onChange, signal)
  }

  /** The same from containerd's own stream, which every version has. */
  watchContainerdEvents(onChange: () => void, signal: AbortSignal): Promise<void> {
    const path = '/containerd.services.events.v1.Events/Subscribe'
    return this.#grpc.stream(path, events.SubscribeRequest, events.Envelope, { filters: CONTAINERD_FILTERS }, onChange, signal)
  }

  [Symbol.dispose](): void {
    this.#grpc[Symbol.dispose]()
  }
}

async function undefinedIfNotFound<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GrpcError && error.isNotFound) return undefined
    throw error
  }
}
