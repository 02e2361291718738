import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { BUILD_SCRIPT, CLUSTER_SCRIPT, clusterEnvironment } from './cluster-command.js'
import { type OpenService, openService } from './open-service.js'
import { type OutsidePacket, parseOutsidePackets } from './outside-packet.js'

const STATE_FOLDER = '/var/lib/guardimesh-cluster'
/** The image with busybox that every cluster brings along. */
export const HELPER_IMAGE = 'guardimesh-cluster.local/helper:1'

export type NodeName = `node${number}`

/** What can be stopped and started: a node is its machine (stop pulls its plug), the others are processes of the control plane. */
export type ClusterPart = NodeName | 'etcd' | 'apiserver' | 'controller-manager' | 'scheduler' | 'registry'

/** A registry that every node trusts and reaches; pods pull with `user` and `password` in an image pull secret. */
export interface ClusterRegistry {
  /** Host and port, as in a reference: "10.99.0.1:5000". */
  readonly address: string
  readonly user: string
  readonly password: string
  /** The authority of its certificate. */
  readonly caFile: string
}

export interface ClusterOptions {
  /** 1 to 100; 2 when left out. */
  readonly nodes?: number
  /** Where disks, certificates and logs go; GUARDIMESH_CLUSTER_STATE or /var/lib/guardimesh-cluster when left out. */
  readonly stateFolder?: string
}

/**
 * Builds what is not built yet and starts a cluster; call `down` when done. A machine has room for one.
 *
 * @throws Error with the action to take when a cluster is running or a program is missing.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const cluster = new Cluster(options.stateFolder ?? defaultStateFolder())
  await runChecked(BUILD_SCRIPT, [])
  await cluster.run(['up', String(options.nodes ?? 2)])
  return cluster
}

/**
 * Takes the cluster that `make cluster-up` started.
 *
 * @throws Error when no cluster is running.
 */
export async function attachCluster(stateFolder = defaultStateFolder()): Promise<Cluster> {
  const cluster = new Cluster(stateFolder)
  await cluster.run(['status'])
  return cluster
}

function defaultStateFolder(): string {
  return process.env.GUARDIMESH_CLUSTER_STATE || STATE_FOLDER
}

/** A real Kubernetes cluster on this machine. Every method waits for its effect, and throws an error at the timeout. */
export class Cluster {
  constructor(readonly stateFolder: string) {}

  /** What clients that run inside use to reach the API server as cluster administrator. */
  get kubeconfigFile(): string {
    return join(this.stateFolder, 'pki', 'admin.conf')
  }

  /** Any command of cluster.sh. @returns what it printed. */
  run(args: readonly string[], input?: string): Promise<string> {
    return runChecked(CLUSTER_SCRIPT, args, { env: clusterEnvironment(this.stateFolder), ...(input === undefined ? {} : { input }) })
  }

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return this.run(['kubectl', ...args], input)
  }

  helm(args: readonly string[], options: { readonly version?: 3 | 4; readonly input?: string } = {}): Promise<string> {
    return this.run([options.version === 4 ? 'helm4' : 'helm', ...args], options.input)
  }

  /** Runs a command of this machine where nodes, pods and services can be reached. */
  runInside(argv: readonly string[], input?: string): Promise<string> {
    return this.run(['exec', ...argv], input)
  }

  onNode(node: NodeName, argv: readonly string[], input?: string): Promise<string> {
    return this.run(['node', node, ...argv], input)
  }

  /** Carries a file of this machine to a node's disk, with its mode. */
  async putFile(node: NodeName, file: string, path: string): Promise<void> {
    await this.run(['put', node, file, path])
  }

  /** containerd's own client, in the namespace of Kubernetes. */
  ctr(node: NodeName, args: readonly string[]): Promise<string> {
    return this.onNode(node, ['ctr', '-n', 'k8s.io', ...args])
  }

  /** Puts images into every node that runs, under the names that they carry. */
  async loadImages(...archivesOrLayouts: string[]): Promise<void> {
    await this.run(['load', ...archivesOrLayouts])
  }

  /** A process is ready afterwards; a node has begun to start. */
  async start(part: ClusterPart): Promise<void> {
    await this.run(['start', part])
  }

  async stop(part: ClusterPart): Promise<void> {
    await this.run(['stop', part])
  }

  async restart(part: ClusterPart): Promise<void> {
    await this.run(['restart', part])
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

  /** Records what the control plane, the nodes and the external machines that are there now send to the outside. */
  async startCapture(): Promise<void> {
    await this.run(['capture', 'start'])
  }

  /** @returns every packet since then that was meant for the outside. The files are in STATE/capture until the next start. */
  async stopCapture(): Promise<OutsidePacket[]> {
    return parseOutsidePackets(await this.run(['capture', 'stop']))
  }

  /**
   * Adds a machine outside the cluster that pods can reach.
   *
   * @param address 10.99.0.200 to 10.99.0.254.
   * @returns the start of a command line that runs a command there.
   */
  async addExternalMachine(name: string, address: string): Promise<readonly string[]> {
    await this.run(['external', 'add', name, address])
    return ['nsenter', `--net=/run/netns/gm-ext-${name}`]
  }

  /** Ends all that runs there. */
  async removeExternalMachine(name: string): Promise<void> {
    await this.run(['external', 'remove', name])
  }

  /** @param service NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT; port 443 when none is named. */
  openService(service: string): Promise<OpenService> {
    return openService(this.stateFolder, service)
  }

  /** Ends the cluster and leaves nothing. Safe to repeat. */
  async down(): Promise<void> {
    await this.run(['down'])
  }
}
