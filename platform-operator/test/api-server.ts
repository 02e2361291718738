import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { Client } from '../src/kube/client.js'

const BINARIES = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'guardimesh/cluster/bin')
const START_TIMEOUT_MS = 90_000
const LOOK_MS = 100

/** A real kube-apiserver with its etcd, on loopback, without controllers: nothing but its clients changes an object. */
export class ApiServer implements AsyncDisposable {
  readonly #folder: string
  readonly #tokens = { admin: randomBytes(16).toString('hex'), operator: randomBytes(16).toString('hex') }
  readonly #children = new Map<string, ChildProcess>()
  #etcdPort = 0
  #etcdPeerPort = 0
  #port = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async start(): Promise<ApiServer> {
    for (const name of ['etcd', 'kube-apiserver'])
      if (!existsSync(join(BINARIES, name)))
        throw new Error(`${join(BINARIES, name)} is missing: make cluster-up (or e2e/cluster/build.sh) builds it`)
    const server = new ApiServer(await mkdtemp(join(tmpdir(), 'api-server-')))
    try {
      await server.#start()
      return server
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  /** `admin` has every right, `operator` those that a test gives it. */
  kubeConfig(user: 'admin' | 'operator' = 'admin'): KubeConfig {
    const caData = readFileSync(join(this.#folder, 'apiserver.crt')).toString('base64')
    const config = new KubeConfig()
    config.loadFromClusterAndUser(
      { name: 'test', server: `https://127.0.0.1:${this.#port}`, caData, skipTLSVerify: false },
      { name: 'test', token: this.#tokens[user] },
    )
    return config
  }

  get client(): Client {
    return new Client(this.kubeConfig())
  }

  /** Ends the API server and starts it again on the same port; etcd keeps everything. */
  async restart(): Promise<void> {
    await this.#end('kube-apiserver')
    await this.#startApiServer()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('kube-apiserver')
    await this.#end('etcd')
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #start(): Promise<void> {
    ;[this.#etcdPort, this.#etcdPeerPort, this.#port] = (await freePorts(3)) as [number, number, number]
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFile(join(this.#folder, 'accounts.key'), privateKey.export({ type: 'sec1', format: 'pem' }))
    await writeFile(
      join(this.#folder, 'tokens.csv'),
      `${this.#tokens.admin},admin,admin,system:masters
${this.#tokens.operator},operator,operator
`,
    )
    const urls = `http://127.0.0.1:${this.#etcdPort}`
    const peers = `http://127.0.0.1:${this.#etcdPeerPort}`
    await this.#run('etcd', [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${urls}`,
      `--advertise-client-urls=${urls}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--unsafe-no-fsync',
    ])
    await this.#startApiServer()
  }

  async #startApiServer(): Promise<void> {
    const key = join(this.#folder, 'accounts.key')
    const child = await this.#run('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${this.#etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${this.#port}`,
      `--cert-dir=${this.#folder}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=RBAC',
      `--token-auth-file=${join(this.#folder, 'tokens.csv')}`,
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-account-issuer=https://kubernetes.default.svc',
    ])
    const deadlineMs = Date.now() + START_TIMEOUT_MS
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || Date.now() > deadlineMs)
        throw new Error(`the API server did not start:\n${await this.#log('kube-apiserver')}`)
      await wait(LOOK_MS)
    }
  }

  async #isReady(): Promise<boolean> {
    if (!existsSync(join(this.#folder, 'apiserver.crt'))) return false
    return (await this.client.get('/readyz').catch(() => undefined)) === 'ok'
  }

  async #run(name: string, args: readonly string[]): Promise<ChildProcess> {
    await using log = await open(join(this.#folder, `${name}.log`), 'a')
    const child = spawn(join(BINARIES, name), args, { stdio: ['ignore', log.fd, log.fd] })
    await once(child, 'spawn')
    this.#children.set(name, child)
    return child
  }

  async #end(name: string): Promise<void> {
    const child = this.#children.get(name)
    if (!child || child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async #log(name: string): Promise<string> {
    return (await readFile(join(this.#folder, `${name}.log`), 'utf8')).slice(-4000)
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
