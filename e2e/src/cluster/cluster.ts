import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { BUILD_SCRIPT, buildClusterEnvironment, CLUSTER_SCRIPT } from './cluster-command.js'
import { type OpenService, openService } from './open-service.js'
import { type OutsidePacket, parseOutsidePackets } from './outside-packet.js'

const STATE_FOLDER = '/var/lib/guardimesh-cluster'
/** Image with busybox that is available in every cluster. */
export const HELPER_IMAGE = 'guardimesh-cluster.local/helper:1'

export type NodeName = `node${number}`

/** Components that can be stopped and started. Stopping a node simulates a power failure; the others are control plane processes. */
export type ClusterComponent = NodeName | 'etcd' | 'apiserver' | 'controller-manager' | 'scheduler' | 'registry'

/** A registry that all nodes trust. Pods pull with `user` and `password` in an image pull secret. */
export interface ClusterRegistry {
  /** Host and port, as in an image reference: "10.99.0.1:5000". */
  readonly address: string
  readonly user: string
  readonly password: string
  /** CA certificate of the registry. */
  readonly caFile: string
}

export interface ClusterOptions {
  /** 1 to 100. Default: 2. */
  readonly nodes?: number
  /** Folder for disks, certificates and logs. Default: GUARDIMESH_CLUSTER_STATE or /var/lib/guardimesh-cluster. */
  readonly stateFolder?: string
}

/**
 * Builds missing programs and starts a cluster; call `down` when done. A machine can run one cluster at a time.
 *
 * @throws Error if a cluster is already running or a program is missing.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const cluster = new Cluster(options.stateFolder ?? defaultStateFolder())
  await runChecked(BUILD_SCRIPT, [])
  await cluster.run(['up', String(options.nodes ?? 2)])
  return cluster
}

/**
 * Attaches to the cluster that `make cluster-up` started.
 *
 * @throws Error if no cluster is running.
 */
export async function attachCluster(stateFolder = defaultStateFolder()): Promise<Cluster> {
  const cluster = new Cluster(stateFolder)
  await cluster.run(['status'])
  return cluster
}

function defaultStateFolder(): string {
  return process.env.GUARDIMESH_CLUSTER_STATE || STATE_FOLDER
}

/** A real Kubernetes cluster on this machine. Each method waits until its effect is reached, or throws Error. */
export class Cluster {
  constructor(readonly stateFolder: string) {}

  /** Kubeconfig of the cluster administrator, for clients that run in the cluster's network. */
  get kubeconfigFile(): string {
    return join(this.stateFolder, 'pki', 'admin.conf')
  }

  /** Runs a command of cluster.sh. @returns its standard output. */
  run(args: readonly string[], input?: string): Promise<string> {
    return runChecked(CLUSTER_SCRIPT, args, { env: buildClusterEnvironment(this.stateFolder), ...(input === undefined ? {} : { input }) })
  }

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return this.run(['kubectl', ...args], input)
  }

  helm(args: readonly string[], options: { readonly version?: 3 | 4; readonly input?: string } = {}): Promise<string> {
    return this.run([options.version === 4 ? 'helm4' : 'helm', ...args], options.input)
  }

  /** Runs a command in the cluster's network, where nodes, pods and Services are reachable. */
  runInside(argv: readonly string[], input?: string): Promise<string> {
    return this.run(['exec', ...argv], input)
  }

  onNode(node: NodeName, argv: readonly string[], input?: string): Promise<string> {
    return this.run(['node', node, ...argv], input)
  }

  /** Copies a file of this machine, with its mode, to a node's disk. */
  async putFile(node: NodeName, file: string, path: string): Promise<void> {
    await this.run(['put', node, file, path])
  }

  /** Runs containerd's client in the containerd namespace of Kubernetes. */
  ctr(node: NodeName, args: readonly string[]): Promise<string> {
    return this.onNode(node, ['ctr', '-n', 'k8s.io', ...args])
  }

  /** Imports images, with their own names, into all running nodes. */
  async loadImages(...archivesOrLayouts: string[]): Promise<void> {
    await this.run(['load', ...archivesOrLayouts])
  }

  /** Starts a component. A process is ready on return, a node may still be booting. */
  async start(component: ClusterComponent): Promise<void> {
    await this.run(['start', component])
  }

  async stop(component: ClusterComponent): Promise<void> {
    await this.run(['stop', component])
  }

  async restart(component: ClusterComponent): Promise<void> {
    await this.run(['restart', component])
  }

  async startRegistry(): Promise<ClusterRegistry> {
    await this.start('registry')
    const read = async (name: string) => (await readFile(join(this.stateFolder, 'registry', name), 'utf8')).trim()
    return {
      address: '10.99.0.1:5000',
      user: await read('user'),
      password: await read('password'),
      caFile: join(this.stateFolder, 'pki', 'ca.crt'),
    }
  }

  /** Records packets to outside addresses from the control plane, the nodes and the external machines that exist now. */
  async startCapture(): Promise<void> {
    await this.run(['capture', 'start'])
  }

  /** @returns all recorded packets. The files are kept in the `capture` folder of the state until the next capture. */
  async stopCapture(): Promise<OutsidePacket[]> {
    return parseOutsidePackets(await this.run(['capture', 'stop']))
  }

  /**
   * Adds a machine outside the cluster that pods can reach.
   *
   * @param address 10.99.0.200 to 10.99.0.254.
   * @returns the prefix of a command line to run on that machine.
   */
  async addExternalMachine(name: string, address: string): Promise<readonly string[]> {
    await this.run(['external', 'add', name, address])
    return ['nsenter', `--net=/run/netns/gm-ext-${name}`]
  }

  /** Kills all processes of the machine and removes it. */
  async removeExternalMachine(name: string): Promise<void> {
    await this.run(['external', 'remove', name])
  }

  /** @param service NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT. Default port: 443. */
  openService(service: string): Promise<OpenService> {
    return openService(this.stateFolder, service)
  }

  /** Stops the cluster and deletes its state. Idempotent. */
  async down(): Promise<void> {
    await this.run(['down'])
  }
}
