import type { Draft } from '@guardimesh/contracts/messages'
import type { RuntimeEvent } from '../../node/cri-client.js'

/** A container as sent to clients. */
export type ContainerInfo = Draft<'ContainerInfo'> & { readonly containerId: string }

/** A connected container runtime. Every method throws GuardError RUNTIME_UNAVAILABLE. */
export interface Runtime extends Disposable {
  readonly kind: 'containerd' | 'cri-o' | 'docker'
  readonly version: string
  /** Returns the ids of the running containers. */
  listRunning(): Promise<readonly string[]>
  /** Returns the ids of all containers and infrastructure containers that the runtime manages, in any state. */
  listIds(): Promise<readonly string[]>
  /** @returns undefined when the container does not run, or is starting or stopping. */
  describe(containerId: string): Promise<ContainerInfo | undefined>
  /**
   * Describes a container that has ended, without its layers.
   *
   * @returns undefined when it runs or is starting; 'sandbox' for an infrastructure container, running or not; 'unknown' when the runtime does not
   *   know it.
   */
  describeEnded(containerId: string): Promise<ContainerInfo | 'sandbox' | 'unknown' | undefined>
  /**
   * Calls `onChange` when a container may have started or ended. Ends when the signal is aborted.
   *
   * @returns false when this runtime has no stream of events and must be polled.
   */
  watch(onChange: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<boolean>
}

export const RUNTIME_TIMEOUT_MS = 5_000

// Labels that Kubernetes sets on containers; cri-dockerd passes them to Docker.
export const LABELS = {
  containerName: 'io.kubernetes.container.name',
  podName: 'io.kubernetes.pod.name',
  podNamespace: 'io.kubernetes.pod.namespace',
  podUid: 'io.kubernetes.pod.uid',
  dockerType: 'io.kubernetes.docker.type',
  dockerSandboxId: 'io.kubernetes.sandbox.id',
} as const
