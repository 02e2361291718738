import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { API_VERSION, RESOURCES } from '@guardimesh/contracts'
import { runChecked, sleep } from '@guardimesh/kit'
import { ApiServer, CLUSTER_BINARIES } from '@guardimesh/testbed/api-server.js'
import { grantOperatorRights } from '@guardimesh/testbed/operator-rights.js'
import { askApi } from './kube-api.js'

const ROOT = join(import.meta.dirname, '../..')
export const CRDS_FOLDER = join(ROOT, 'charts/guardimesh/crds')
export const NAMESPACE = 'guardimesh-system'
const RBAC_FILE = join(ROOT, 'platform-operator/rbac.yaml')
const POLL_INTERVAL_MS = 100
/** Nodes are made this many at once. */
const AT_ONCE = 20

/** Every request of the operator and no other. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', users: ['operator'] }, { level: 'None' }],
}

/** One request, as the API server writes it down. */
export interface AuditedRequest {
  readonly verb: string
  readonly atMs: number
  readonly resource: string
}

/** An API server with the controllers that place one pod on each of many nodes that do not exist. */
export class SimulatedCluster implements AsyncDisposable {
  readonly server: ApiServer
  readonly #folder: string

  private constructor(server: ApiServer, folder: string) {
    this.server = server
    this.#folder = folder
  }

  static async start(nodeCount: number): Promise<SimulatedCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'guardimesh-audit-'))
    const policyFile = join(folder, 'policy.json')
    await writeFile(policyFile, JSON.stringify(AUDIT_POLICY))
    const audit = [`--audit-policy-file=${policyFile}`, `--audit-log-path=${join(folder, 'audit.log')}`]
    const cluster = new SimulatedCluster(await ApiServer.start(...audit), folder)
    try {
      await cluster.#fill(nodeCount)
      return cluster
    } catch (error) {
      await cluster[Symbol.asyncDispose]()
      throw error
    }
  }

  /** What the operator asked for so far. A watch counts when it begins. */
  async requests(): Promise<AuditedRequest[]> {
    const lines = (await readFile(join(this.#folder, 'audit.log'), 'utf8')).split('\n').filter(Boolean)
    const seen = new Map<string, AuditedRequest>()
    for (const line of lines) {
      const { auditID, verb, requestReceivedTimestamp, objectRef, requestURI } = JSON.parse(line)
      const resource = objectRef?.resource ?? requestURI
      seen.set(auditID, { verb, atMs: Date.parse(requestReceivedTimestamp), resource })
    }
    return [...seen.values()]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #fill(nodeCount: number): Promise<void> {
    await this.server.startDaemonSets()
    await prepare(this.server)
    for (let first = 0; first < nodeCount; first += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, nodeCount - first) }, (_, index) => makeNode(this.server, first + index)))
  }
}

async function makeNode(server: ApiServer, index: number): Promise<void> {
  const name = `node-${index}`
  const capacity = { cpu: '32', memory: '256Gi', 'ephemeral-storage': '100Gi', pods: '110' }
  const metadata = { name, labels: { 'kubernetes.io/hostname': name } }
  await askApi(server, 'POST', '/api/v1/nodes', { metadata, status: { capacity, allocatable: capacity } })
}

/** The CRDs, and the rights of the user `operator`. */
async function prepare(server: ApiServer): Promise<void> {
  await grantOperatorRights(server, NAMESPACE, RBAC_FILE)
  const config = join(server.folder, 'crds-admin.json')
  await writeFile(config, server.kubeConfigText('admin'), { mode: 0o600 })
  await runChecked(join(CLUSTER_BINARIES, 'kubectl'), ['apply', `--kubeconfig=${config}`, '-f', CRDS_FOLDER])
  for (const { plural } of Object.values(RESOURCES))
    while (!(await askApi(server, 'GET', `/apis/${API_VERSION}/${plural}`))) await sleep(POLL_INTERVAL_MS)
}
