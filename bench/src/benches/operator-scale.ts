import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { askApi, type KubeObject } from '../kube-api.js'
import { startOperator } from '../operator-under-test.js'
import { say } from '../platform.js'
import { residentBytes } from '../process-usage.js'
import type { Measurement } from '../report.js'
import { type AuditedRequest, NAMESPACE, SimulatedCluster } from '../simulated-cluster.js'
import { percentile } from '../statistics.js'

const FEW_NODES = 10
const MANY_NODES = 1000
const READY_TIMEOUT_MS = 150 * SECOND_MS
const POLL_INTERVAL_MS = 100
const SETTLE_MS = 5 * SECOND_MS
const REST_MS = 30 * SECOND_MS
/** Maximum ratio of requests for a hundred times the nodes: polls of a rollout that takes longer, never one request for each node. */
const RATIO_BAR = 5
const REST_RATIO_BAR = 1.25
const PEAK_BYTES_BAR = 160 * MIB_BYTES

/** Cost of one cluster size. */
interface Scale {
  readonly nodes: number
  readonly readySeconds: number
  readonly requestsUntilReady: number
  readonly requestsByResource: Readonly<Record<string, number>>
  readonly restRequestsPerMinute: number
  /** Requests for the Lease of the leader election, included in the total. */
  readonly restLeaseRequestsPerMinute: number
  readonly reconciles: number
  readonly reconcileP50Ms: number
  readonly reconcileP99Ms: number
  readonly restBytes: number
  readonly peakBytes: number
}

/**
 * Cost of a platform for the operator and the API server with few and with many nodes: real etcd, kube-apiserver, DaemonSet controller and
 * scheduler; kwok simulates nodes and pods. Deployments, the StatefulSet and the Job are simulated, because they do not depend on nodes.
 */
export async function measureOperatorScale(): Promise<Measurement[]> {
  const few = await measureScale(FEW_NODES)
  const many = await measureScale(MANY_NODES)
  const growth = many.requestsUntilReady / few.requestsUntilReady
  const restGrowth = many.restRequestsPerMinute / few.restRequestsPerMinute
  const isMet = growth < RATIO_BAR && restGrowth < REST_RATIO_BAR && many.peakBytes < PEAK_BYTES_BAR
  return [
    {
      name: 'operator-scale',
      value: many.requestsUntilReady,
      unit: 'requests',
      peer: `itself-with-${FEW_NODES}-nodes`,
      peerValue: few.requestsUntilReady,
      ratio: few.requestsUntilReady / many.requestsUntilReady,
      bar: `${MANY_NODES} nodes cost below ${RATIO_BAR} times the requests of ${FEW_NODES} until ready, below ${REST_RATIO_BAR} times at rest, and below ${PEAK_BYTES_BAR / MIB_BYTES} MiB`,
      isMet,
      details: { growth, restGrowth, few, many },
    },
  ]
}

async function measureScale(nodes: number): Promise<Scale> {
  say(`a cluster of ${nodes} simulated nodes`)
  await using cluster = await SimulatedCluster.start(nodes)
  await using operator = await startOperator(cluster)
  const createdAtMs = Date.now()
  const spec = { scanner: { updateStrategy: { maxUnavailable: '100%' } } }
  await askApi(cluster.server, 'POST', resources('guardimeshplatforms'), {
    apiVersion: 'guardimesh.io/v1alpha1',
    kind: 'GuardimeshPlatform',
    metadata: { name: 'gm' },
    spec,
  })
  await bringUp(cluster, nodes)
  const readyAtMs = Date.now()
  await sleep(SETTLE_MS)
  const restFromMs = Date.now()
  await sleep(REST_MS)
  const requests = await cluster.requests()
  const until = requests.filter(({ atMs }) => atMs >= createdAtMs && atMs <= readyAtMs)
  const rest = requests.filter(({ atMs }) => atMs >= restFromMs && atMs < restFromMs + REST_MS)
  const perMinute = (some: readonly AuditedRequest[]) => (some.length * 60 * SECOND_MS) / REST_MS
  const scale: Scale = {
    nodes,
    readySeconds: (readyAtMs - createdAtMs) / SECOND_MS,
    requestsUntilReady: until.length,
    requestsByResource: countBy(until, ({ verb, resource }) => `${verb} ${resource}`),
    restRequestsPerMinute: perMinute(rest),
    restLeaseRequestsPerMinute: perMinute(rest.filter(({ resource }) => resource === 'leases')),
    reconciles: operator.reconcilesMs.length,
    reconcileP50Ms: percentile(operator.reconcilesMs, 0.5),
    reconcileP99Ms: percentile(operator.reconcilesMs, 0.99),
    restBytes: residentBytes(operator.pid),
    peakBytes: operator.peakBytes(),
  }
  printScale(scale)
  return scale
}

function printScale(scale: Scale): void {
  const { nodes, reconciles, requestsUntilReady, readySeconds } = scale
  const mib = (bytes: number) => Math.round(bytes / MIB_BYTES)
  say(`  ${nodes} nodes: ${reconciles} reconciles, p50 ${Math.round(scale.reconcileP50Ms)} ms, p99 ${Math.round(scale.reconcileP99Ms)} ms`)
  say(`  ${nodes} nodes: operator ${mib(scale.restBytes)} MiB at rest, ${mib(scale.peakBytes)} MiB at its peak`)
  say(`  ${nodes} nodes: ${requestsUntilReady} API requests until ready (${readySeconds.toFixed(1)} s)`)
  say(
    `  ${nodes} nodes: ${scale.restRequestsPerMinute} API requests a minute at rest, ${scale.restLeaseRequestsPerMinute} of them for the Lease`,
  )
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}

const resources = (plural: string) => `/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/${plural}`
const workloads = (plural: string) => `/apis/apps/v1/namespaces/${NAMESPACE}/${plural}`
const JOBS = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`

/** Simulates the workloads without a controller, and waits for the scanners. */
async function bringUp(cluster: SimulatedCluster, nodes: number): Promise<void> {
  await markReady(cluster, `${workloads('statefulsets')}/gm-postgres`)
  await markReady(cluster, `${workloads('deployments')}/gm-signature-server`)
  await completeJob(cluster)
  for (const component of ['backend', 'worker', 'console']) await markReady(cluster, `${workloads('deployments')}/gm-${component}`)
  await until(cluster, `${resources('guardimeshscanners')}/gm`, (scanner) => scanner.status?.nodesReady === nodes)
  await until(cluster, `${resources('guardimeshplatforms')}/gm`, (platform) => {
    const conditions = (platform.status?.conditions ?? []) as readonly { readonly type: string; readonly status: string }[]
    // Service names are not resolved here, so the signature server is unreachable and Ready stays false.
    return ['Migrated', 'BackendReady', 'ConsoleReady', 'ScannersReady'].every((type) =>
      conditions.some((condition) => condition.type === type && condition.status === 'True'),
    )
  })
}

async function markReady(cluster: SimulatedCluster, path: string): Promise<void> {
  const { metadata, spec } = await until(cluster, path, () => true)
  const replicas = spec?.replicas ?? 1
  const status = {
    observedGeneration: metadata.generation,
    replicas,
    readyReplicas: replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
  }
  await askApi(cluster.server, 'PATCH', `${path}/status`, { status })
}

async function completeJob(cluster: SimulatedCluster): Promise<void> {
  const { items } = await until<{ readonly items: readonly KubeObject[] }>(cluster, JOBS, (list) => list.items.length > 0)
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  const conditions = ['SuccessCriteriaMet', 'Complete'].map((type) => ({ type, status: 'True', lastTransitionTime: now }))
  const status = { startTime: now, completionTime: now, succeeded: 1, conditions, uncountedTerminatedPods: {} }
  await askApi(cluster.server, 'PATCH', `${JOBS}/${items[0]?.metadata.name}/status`, { status })
}

/** Polls an object until it meets the condition. @throws Error at the timeout. */
async function until<Answer = KubeObject>({ server }: SimulatedCluster, path: string, isSo: (answer: Answer) => boolean): Promise<Answer> {
  const deadlineMs = Date.now() + READY_TIMEOUT_MS
  let answer: Answer | undefined
  while (Date.now() < deadlineMs) {
    answer = await askApi<Answer>(server, 'GET', path)
    if (answer && isSo(answer)) return answer
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Error(`timeout waiting for ${path}: ${JSON.stringify((answer as KubeObject | undefined)?.status)?.slice(0, 2000)}`)
}
