import type { Draft } from '@guardimesh/contracts'

/** A container as it is told to others. */
export type ContainerInfo = Draft<'ContainerInfo'> & { readonly containerId: string }

/** A runtime that answers. Every method throws GuardError RUNTIME_UNAVAILABLE. */
export interface Runtime extends Disposable {
  readonly kind: 'containerd' | 'cri-o' | 'docker'
  readonly version: string
  /** Ids of the containers that run. */
  listRunning(): Promise<readonly string[]>
  /** @returns undefined when it does not run, or is about to start or to end. */
  describe(containerId: string): Promise<ContainerInfo | undefined>
  /**
   * Tells when to look again: at all containers, and anew at the one whose id is given. Ends when the signal is aborted.
   *
   * @returns false when this runtime has no such stream: it has to be asked from time to time.
   */
  watch(onChange: (containerId?: string) => void, signal: AbortSignal): Promise<boolean>
}

/** No answer for this long is none. */
export const RUNTIME_TIMEOUT_MS = 5_000

// Labels that Kubernetes puts on containers; cri-dockerd passes them on to Docker.
export const LABELS = {
  containerName: 'io.kubernetes.container.name',
  podName: 'io.kubernetes.pod.name',
  podNamespace: 'io.kubernetes.pod.namespace',
  podUid: 'io.kubernetes.pod.uid',
  dockerType: 'io.kubernetes.docker.type',
  dockerSandboxId: 'io.kubernetes.sandbox.id',
} as const
