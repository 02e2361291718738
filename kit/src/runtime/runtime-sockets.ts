/** A socket of a container runtime and how it is spoken to. */
export interface KnownSocket {
  /** What runs behind it. */
  readonly name: string
  readonly api: 'cri' | 'docker'
  /** Path on the node. */
  readonly socketPath: string
}

/** Sockets of runtimes, in the order of being looked at. A runtime of its own comes before the machine's, Docker comes last: it has a containerd below. */
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

/** "unix:///run/x.sock", "unix:/run/x.sock" and "/run/x.sock" are the same. Pure. */
export function socketPathOf(endpoint: string): string {
  return endpoint.replace(/^unix:(\/\/)?/, '')
}
