import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { API_VERSION, RESOURCES } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { ApiServer, CLUSTER_BINARIES } from '@guardimesh/testbed/api-server.js'
import { runCommand } from '@guardimesh/testbed/run-command.js'
import { askApi } from './kube-api.js'

const ROOT = join(import.meta.dirname, '../..')
export const CRDS_FOLDER = join(ROOT, 'charts/guardimesh/crds')
export const NAMESPACE = 'guardimesh-system'
const RBAC_FILE = join(ROOT, 'platform-operator/rbac.yaml')
const LOOK_MS = 100
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
    await prepare(this.server, this.#folder)
    for (let first = 0; first < nodeCount; first += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, nodeCount - first) }, (_, index) => makeNode(this.server, first + index)))
  }
}

async function makeNode(server: ApiServer, index: number): Promise<void> {
  const name = `node-${index}`
  const capacity = { cpu: '32', memory: '256Gi', pods: '110' }
  const metadata = { name, labels: { 'kubernetes.io/hostname': name } }
  await askApi(server, 'POST', '/api/v1/nodes', { metadata, status: { capacity, allocatable: capacity } })
}

/** The CRDs, and for the user `operator` what platform-operator/rbac.yaml says and nothing else. */
async function prepare(server: ApiServer, folder: string): Promise<void> {
  const config = join(folder, 'admin.json')
  await writeFile(config, server.kubeConfigText('admin'), { mode: 0o600 })
  await writeFile(join(folder, 'rights.yaml'), rightsText(await readFile(RBAC_FILE, 'utf8')))
  await runCommand(join(CLUSTER_BINARIES, 'kubectl'), [
    'apply',
    `--kubeconfig=${config}`,
    '-f',
    join(folder, 'rights.yaml'),
    '-f',
    CRDS_FOLDER,
  ])
  for (const { plural } of Object.values(RESOURCES))
    while (!(await askApi(server, 'GET', `/apis/${API_VERSION}/${plural}`))) await sleep(LOOK_MS)
}

/** The two lists of rules become objects; they stay text, which kubectl reads. Pure. */
function rightsText(rbac: string): string {
  const [, namespaced, cluster] = rbac.split(/^(?:namespaced|cluster):$/m)
  const api = 'rbac.authorization.k8s.io'
  const object = (kind: string, rest: string) =>
    `apiVersion: ${api}/v1\nkind: ${kind}\nmetadata: { name: operator, namespace: ${NAMESPACE} }\n${rest}\n`
  const binding = (kind: string) =>
    object(
      `${kind}Binding`,
      `subjects: [{ kind: User, name: operator, apiGroup: ${api} }]\nroleRef: { apiGroup: ${api}, kind: ${kind}, name: operator }`,
    )
  const rules = (list: string | undefined) => `rules:\n${list}`
  const namespace = `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${NAMESPACE} }\n`
  return [
    namespace,
    object('Role', rules(namespaced)),
    binding('Role'),
    object('ClusterRole', rules(cluster)),
    binding('ClusterRole'),
  ].join('---\n')
}
