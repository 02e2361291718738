/** A well-known socket of a container runtime and its API. */
export interface KnownSocket {
  /** Name of the runtime. */
  readonly name: string
  readonly api: 'cri' | 'docker'
  /** Path on the node. */
  readonly socketPath: string
}

/**
 * Well-known sockets in the order of discovery. The runtime of a Kubernetes distribution precedes that of the host; Docker is last
 * because it runs on containerd.
 */
export const KNOWN_SOCKETS: readonly KnownSocket[] = [
  { name: 'k3s or RKE2', api: 'cri', socketPath: '/run/k3s/containerd/containerd.sock' },
  { name: 'k0s', api: 'cri', socketPath: '/run/k0s/containerd.sock' },
  { name: 'MicroK8s', api: 'cri', socketPath: '/var/snap/microk8s/common/run/containerd.sock' },
  { name: 'containerd', api: 'cri', socketPath: '/run/containerd/containerd.sock' },
  { name: 'CRI-O', api: 'cri', socketPath: '/run/crio/crio.sock' },
  { name: 'CRI-O', api: 'cri', socketPath: '/var/run/crio/crio.sock' },
  { name: 'Docker', api: 'docker', socketPath: '/run/docker.sock' },
  { name: 'Docker', api: 'docker', socketPath: '/var/run/docker.sock' },
]

/** Returns the path of an endpoint: "unix:///run/x.sock", "unix:/run/x.sock" and "/run/x.sock" are equivalent. Pure. */
export function socketPathOf(endpoint: string): string {
  return endpoint.replace(/^unix:(\/\/)?/, '')
}
