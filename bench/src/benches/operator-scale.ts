import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { type KubeObject, requestApi } from '../kube-api.js'
import { startOperator } from '../operator-under-test.js'
import { logProgress } from '../platform.js'
import { readResidentBytes } from '../process-usage.js'
import type { Measurement } from '../report.js'
import { type AuditedRequest, NAMESPACE, SimulatedCluster } from '../simulated-cluster.js'
import { percentile } from '../statistics.js'

const FEW_NODES = 10
const MANY_NODES = 1000
const READY_TIMEOUT_MS = 150 * SECOND_MS
const POLL_INTERVAL_MS = 100
const SETTLE_MS = 5 * SECOND_MS
const IDLE_MS = 30 * SECOND_MS
/** Maximum growth of requests with 100 times the nodes: a longer rollout is polled more often, but there is no request per node. */
const RATIO_BAR = 5
const IDLE_RATIO_BAR = 1.25
const PEAK_BYTES_BAR = 160 * MIB_BYTES

/** Cost of one cluster size. */
interface Scale {
  readonly nodes: number
  readonly readySeconds: number
  readonly requestsUntilReady: number
  readonly requestsByResource: Readonly<Record<string, number>>
  readonly restRequestsPerMinute: number
  /** Share of the leader election Lease in `restRequestsPerMinute`. */
  readonly restLeaseRequestsPerMinute: number
  readonly reconciles: number
  readonly reconcileP50Ms: number
  readonly reconcileP99Ms: number
  readonly restBytes: number
  readonly peakBytes: number
}

/**
 * Measures the cost of a platform for the operator and the API server with few and with many nodes. etcd, kube-apiserver, DaemonSet
 * controller and scheduler are real; kwok simulates nodes and pods. The status of Deployments, the StatefulSet and the Job is written by
 * the benchmark, because their pods do not depend on the number of nodes.
 */
export async function measureOperatorScale(): Promise<Measurement[]> {
  const few = await measureScale(FEW_NODES)
  const many = await measureScale(MANY_NODES)
  const growth = many.requestsUntilReady / few.requestsUntilReady
  const restGrowth = many.restRequestsPerMinute / few.restRequestsPerMinute
  const isMet = growth < RATIO_BAR && restGrowth < IDLE_RATIO_BAR && many.peakBytes < PEAK_BYTES_BAR
  return [
    {
      name: 'operator-scale',
      value: many.requestsUntilReady,
      unit: 'requests',
      peer: `itself-with-${FEW_NODES}-nodes`,
      peerValue: few.requestsUntilReady,
      ratio: few.requestsUntilReady / many.requestsUntilReady,
      bar: `${MANY_NODES} nodes: < ${RATIO_BAR} times the requests of ${FEW_NODES} nodes until ready, < ${IDLE_RATIO_BAR} times when idle, and < ${PEAK_BYTES_BAR / MIB_BYTES} MiB`,
      isMet,
      details: { growth, restGrowth, few, many },
    },
  ]
}

async function measureScale(nodes: number): Promise<Scale> {
  logProgress(`starting a cluster of ${nodes} simulated nodes`)
  await using cluster = await SimulatedCluster.start(nodes)
  await using operator = await startOperator(cluster)
  const createdAtMs = Date.now()
  const spec = { scanner: { updateStrategy: { maxUnavailable: '100%' } } }
  await requestApi(cluster.server, 'POST', guardimeshPath('guardimeshplatforms'), {
    apiVersion: 'guardimesh.io/v1alpha1',
    kind: 'GuardimeshPlatform',
    metadata: { name: 'gm' },
    spec,
  })
  await waitUntilReady(cluster, nodes)
  const readyAtMs = Date.now()
  await sleep(SETTLE_MS)
  const idleFromMs = Date.now()
  await sleep(IDLE_MS)
  const requests = await cluster.requests()
  const untilReady = requests.filter(({ atMs }) => atMs >= createdAtMs && atMs <= readyAtMs)
  const idle = requests.filter(({ atMs }) => atMs >= idleFromMs && atMs < idleFromMs + IDLE_MS)
  const perMinute = (selected: readonly AuditedRequest[]) => (selected.length * 60 * SECOND_MS) / IDLE_MS
  const scale: Scale = {
    nodes,
    readySeconds: (readyAtMs - createdAtMs) / SECOND_MS,
    requestsUntilReady: untilReady.length,
    requestsByResource: countBy(untilReady, ({ verb, resource }) => `${verb} ${resource}`),
    restRequestsPerMinute: perMinute(idle),
    restLeaseRequestsPerMinute: perMinute(idle.filter(({ resource }) => resource === 'leases')),
    reconciles: operator.reconcilesMs.length,
    reconcileP50Ms: percentile(operator.reconcilesMs, 0.5),
    reconcileP99Ms: percentile(operator.reconcilesMs, 0.99),
    restBytes: readResidentBytes(operator.pid),
    peakBytes: operator.peakBytes(),
  }
  logScale(scale)
  return scale
}

function logScale(scale: Scale): void {
  const { nodes, reconciles, requestsUntilReady, readySeconds } = scale
  const mib = (bytes: number) => Math.round(bytes / MIB_BYTES)
  logProgress(
    `  ${nodes} nodes: ${reconciles} reconciles, p50 ${Math.round(scale.reconcileP50Ms)} ms, p99 ${Math.round(scale.reconcileP99Ms)} ms`,
  )
  logProgress(`  ${nodes} nodes: operator ${mib(scale.restBytes)} MiB idle, ${mib(scale.peakBytes)} MiB peak`)
  logProgress(`  ${nodes} nodes: ${requestsUntilReady} API requests until ready (${readySeconds.toFixed(1)} s)`)
  logProgress(
    `  ${nodes} nodes: ${scale.restRequestsPerMinute} API requests per minute when idle, ${scale.restLeaseRequestsPerMinute} of them for the Lease`,
  )
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}

const guardimeshPath = (plural: string) => `/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/${plural}`
const workloadPath = (plural: string) => `/apis/apps/v1/namespaces/${NAMESPACE}/${plural}`
const JOBS = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`

/** Simulates the workloads that have no controller here, and waits for the scanners and the platform. */
async function waitUntilReady(cluster: SimulatedCluster, nodes: number): Promise<void> {
  await markReady(cluster, `${workloadPath('statefulsets')}/gm-postgres`)
  await markReady(cluster, `${workloadPath('deployments')}/gm-signature-server`)
  await completeJob(cluster)
  for (const component of ['backend', 'worker', 'console']) await markReady(cluster, `${workloadPath('deployments')}/gm-${component}`)
  await waitForObject(cluster, `${guardimeshPath('guardimeshscanners')}/gm`, (scanner) => scanner.status?.nodesReady === nodes)
  await waitForObject(cluster, `${guardimeshPath('guardimeshplatforms')}/gm`, (platform) => {
    const conditions = (platform.status?.conditions ?? []) as readonly { readonly type: string; readonly status: string }[]
    // Service names are not resolvable here, so the signature server is unreachable and Ready stays false.
    return ['Migrated', 'BackendReady', 'ConsoleReady', 'ScannersReady'].every((type) =>
      conditions.some((condition) => condition.type === type && condition.status === 'True'),
    )
  })
}

async function markReady(cluster: SimulatedCluster, path: string): Promise<void> {
  const { metadata, spec } = await waitForObject(cluster, path, () => true)
  const replicas = spec?.replicas ?? 1
  const status = {
    observedGeneration: metadata.generation,
    replicas,
    readyReplicas: replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
  }
  await requestApi(cluster.server, 'PATCH', `${path}/status`, { status })
}

async function completeJob(cluster: SimulatedCluster): Promise<void> {
  const { items } = await waitForObject<{ readonly items: readonly KubeObject[] }>(cluster, JOBS, (list) => list.items.length > 0)
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  const conditions = ['SuccessCriteriaMet', 'Complete'].map((type) => ({ type, status: 'True', lastTransitionTime: now }))
  const status = { startTime: now, completionTime: now, succeeded: 1, conditions, uncountedTerminatedPods: {} }
  await requestApi(cluster.server, 'PATCH', `${JOBS}/${items[0]?.metadata.name}/status`, { status })
}

/** Polls an object until it satisfies the condition. @throws Error with its status after READY_TIMEOUT_MS. */
async function waitForObject<Body = KubeObject>({ server }: SimulatedCluster, path: string, isMet: (body: Body) => boolean): Promise<Body> {
  const deadlineMs = Date.now() + READY_TIMEOUT_MS
  let body: Body | undefined
  while (Date.now() < deadlineMs) {
    body = await requestApi<Body>(server, 'GET', path)
    if (body && isMet(body)) return body
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Error(
    `timed out waiting for ${path}, which has the status ${JSON.stringify((body as KubeObject | undefined)?.status)?.slice(0, 2000)}`,
  )
}
