import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'

import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { KIB_BYTES } from '@guardimesh/contracts'
import { JsonClient } from '@guardimesh/kit'
import { type RunningChild, startChild } from './child-process.js'
import { kwokStages } from './kwok-stages.js'
import { temporaryFolder } from './temporary-folder.js'

/** Output folder of e2e/cluster/build.sh. */
export const CLUSTER_BINARIES = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'guardimesh/cluster/bin')
const START_TIMEOUT_MS = 90_000
const PROBE_LIMITS = { timeoutMs: 5000, maxResponseBytes: 64 * KIB_BYTES }

/** `admin` has all permissions, `operator` those that a test grants. */
export type ApiUser = 'admin' | 'operator'

type ServerClass<Server> = new (folder: string, options: readonly string[]) => Server

/**
 * A real kube-apiserver with etcd on loopback. Controllers run only when they are started: until then only its clients change objects.
 */
export class ApiServer implements AsyncDisposable {
  readonly folder: string
  readonly #tokens = { admin: randomBytes(16).toString('hex'), operator: randomBytes(16).toString('hex') }
  readonly #children = new Map<string, RunningChild>()
  readonly #options: readonly string[]
  #ca = ''
  #etcdPort = 0
  #etcdPeerPort = 0
  #port = 0

  /** Use `start`. */
  constructor(folder: string, options: readonly string[]) {
    this.folder = folder
    this.#options = options
  }

  /** @param options additional flags of kube-apiserver. */
  static async start<Server extends ApiServer>(this: ServerClass<Server>, ...options: readonly string[]): Promise<Server> {
    const server = new this(await temporaryFolder('api-server'), options)
    try {
      await server.#start()
      return server
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`
  }

  /** Its certificate authority, PEM. */
  get ca(): string {
    return this.#ca
  }

  token(user: ApiUser): string {
    return this.#tokens[user]
  }

  /** Builds a kubeconfig, as text. */
  kubeConfigText(user: ApiUser): string {
    const cluster = { server: this.url, 'certificate-authority-data': Buffer.from(this.#ca).toString('base64') }
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: user, user: { token: this.token(user) } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user } }],
      'current-context': 'test',
    }
    return JSON.stringify(config)
  }

  /**
   * Starts the real DaemonSet controller and scheduler, and kwok in place of kubelets.
   *
   * @param simulated label of the nodes that kwok simulates, such as "pool=a". Default: all.
   */
  async startDaemonSets(simulated?: string): Promise<void> {
    const file = join(this.folder, 'admin.json')
    await writeFile(file, this.kubeConfigText('admin'), { mode: 0o600 })
    const stages = join(this.folder, 'stages.yaml')
    await writeFile(stages, kwokStages())
    const nodes = simulated === undefined ? '--manage-all-nodes' : `--manage-nodes-with-label-selector=${simulated}`
    // A thousand pods in seconds: tests do not measure the client-side rate limits of these programs.
    const controller = [`--kubeconfig=${file}`, '--kube-api-qps=300', '--kube-api-burst=600', '--leader-elect=false', '--secure-port=0']
    await this.#run('kube-controller-manager', [...controller, '--controllers=daemonset-controller'], () => true)
    await this.#run('kube-scheduler', controller, () => true)
    await this.#run('kwok', [`--kubeconfig=${file}`, `--config=${stages}`, nodes], () => true)
  }

  /** Stops the API server and starts it again on the same port; etcd keeps all objects. */
  async restart(): Promise<void> {
    await this.#children.get('kube-apiserver')?.stop()
    await this.#startApiServer()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [...this.#children.values()].reverse()) await child.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #start(): Promise<void> {
    ;[this.#etcdPort, this.#etcdPeerPort, this.#port] = (await freePorts(3)) as [number, number, number]
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFile(join(this.folder, 'accounts.key'), privateKey.export({ type: 'sec1', format: 'pem' }))
    const { admin, operator } = this.#tokens
    await writeFile(join(this.folder, 'tokens.csv'), `${admin},admin,admin,system:masters\n${operator},operator,operator\n`)
    const urls = `http://127.0.0.1:${this.#etcdPort}`
    const peers = `http://127.0.0.1:${this.#etcdPeerPort}`
    const args = [
      `--data-dir=${join(this.folder, 'etcd')}`,
      `--listen-client-urls=${urls}`,
      `--advertise-client-urls=${urls}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--unsafe-no-fsync',
    ]
    await this.#run('etcd', args, () => true)
    await this.#startApiServer()
  }

  async #startApiServer(): Promise<void> {
    const key = join(this.folder, 'accounts.key')
    const args = [
      `--etcd-servers=http://127.0.0.1:${this.#etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${this.#port}`,
      `--cert-dir=${this.folder}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=RBAC',
      `--token-auth-file=${join(this.folder, 'tokens.csv')}`,
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      ...this.#options,
    ]
    await this.#run('kube-apiserver', args, () => this.#isReady())
  }

  async #isReady(): Promise<boolean> {
    const certificate = join(this.folder, 'apiserver.crt')
    if (!existsSync(certificate)) return false
    this.#ca = await readFile(certificate, 'utf8')
    const headers = { authorization: `Bearer ${this.token('admin')}` }
    using client = new JsonClient({ baseUrl: this.url, caFile: certificate, headers, keepAlive: false, ...PROBE_LIMITS })
    return (await client.send({ path: '/readyz' })).isOk
  }

  /** Starts a program that stops with SIGKILL, which is fast: nothing of it is kept. */
  async #run(name: string, args: readonly string[], isReady: () => Promise<boolean> | boolean): Promise<void> {
    const command = join(CLUSTER_BINARIES, name)
    if (!existsSync(command)) throw new Error(`${command} is missing: run e2e/cluster/build.sh --only ${name}`)
    const options = { name, command, args, folder: this.folder, isReady, readyTimeoutMs: START_TIMEOUT_MS, stopSignal: 'SIGKILL' as const }
    this.#children.set(name, await startChild(options))
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(
    servers.map(async (server) => {
      server.close()
      await once(server, 'close')
    }),
  )
  return ports
}
