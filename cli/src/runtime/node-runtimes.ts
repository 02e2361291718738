import { access, constants, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KNOWN_SOCKETS } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'

/** A Kubernetes distribution with its own containerd. */
interface Distribution {
  /** As in KNOWN_SOCKETS. */
  readonly runtime: string
  /** Its clients of containerd, best first: often not in the PATH of root. The last resort is `ctr` of the node. */
  readonly clients: readonly (readonly [program: string, ...args: string[]])[]
}

const RKE2_CLIENT = ['/var/lib/rancher/rke2/bin/ctr'] as const

/**
 * Sources: documentation of k3s ("k3s ctr"), RKE2 (/var/lib/rancher/rke2/bin, which uses the socket of k3s), k0s ("k0s ctr") and MicroK8s
 * ("microk8s ctr", a script of the snap around its `ctr`).
 */
const DISTRIBUTIONS = {
  k3s: {
    runtime: 'k3s or RKE2',
    clients: [['/usr/local/bin/k3s', 'ctr'], ['/usr/bin/k3s', 'ctr'], ['/opt/bin/k3s', 'ctr'], RKE2_CLIENT],
  },
  rke2: { runtime: 'k3s or RKE2', clients: [RKE2_CLIENT] },
  k0s: {
    runtime: 'k0s',
    clients: [
      ['/usr/local/bin/k0s', 'ctr'],
      ['/usr/bin/k0s', 'ctr'],
    ],
  },
  microk8s: { runtime: 'MicroK8s', clients: [['/snap/bin/microk8s', 'ctr'], ['/snap/microk8s/current/bin/ctr']] },
} satisfies Record<string, Distribution>

export type DistributionName = keyof typeof DISTRIBUTIONS
export const DISTRIBUTION_NAMES = Object.keys(DISTRIBUTIONS) as DistributionName[]

/** @returns the client of a distribution's containerd. @throws CommandError when its socket does not exist. */
export async function clientOfDistribution(name: DistributionName, hostRoot: string): Promise<string[]> {
  const { runtime, clients }: Distribution = DISTRIBUTIONS[name]
  const socketPath = KNOWN_SOCKETS.find((known) => known.name === runtime)?.socketPath ?? ''
  const address = ['--address', await existingSocket(join(hostRoot, socketPath), `start ${name} on this node first.`)]
  for (const [program, ...args] of clients) {
    const path = join(hostRoot, program)
    if (await isExecutable(path)) return [path, ...args, ...address]
  }
  return ['ctr', ...address]
}

/** @returns the client of a containerd with this socket. @throws CommandError when it does not exist. */
export async function clientOfSocket(socket: string): Promise<string[]> {
  const advice = "specify the socket of this node's containerd, as in --containerd /run/containerd/containerd.sock."
  return ['ctr', '--address', await existingSocket(socket, advice)]
}

async function existingSocket(path: string, advice: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isSocket()) throw new CommandError(`The socket ${path} does not exist: ${advice}`)
  return path
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
