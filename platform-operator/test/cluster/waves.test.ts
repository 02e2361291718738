import { CoreV1Api } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import type { Client } from '../../src/kube/client.js'
import { eventsOf, SCANNER, SECRET, untilReason } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { RunningOperator, until } from '../running-operator.js'

const NAMESPACE = 'default'
const POD = { apiVersion: 'v1', kind: 'Pod' }
const MINUTE_MS = 60_000
const CAPACITY = { cpu: '32', memory: '256Gi', 'ephemeral-storage': '100Gi', pods: '110' }

let server: ApiServer
let client: Client
let core: CoreV1Api

// DaemonSet controller and scheduler are real; kwok acts as the kubelets of the pool, the test as that of the canary.
beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
  core = server.kubeConfig().makeApiClient(CoreV1Api)
  await server.startDaemonSets('pool=a')
  for (const [name, labels] of [
    ['canary', { wave: 'canary' }],
    ['pool-1', { pool: 'a' }],
    ['pool-2', { pool: 'a' }],
  ] as const)
    await core.createNode({ body: { metadata: { name, labels }, status: { capacity: CAPACITY, allocatable: CAPACITY } } })
  await client.create({ ...SECRET, metadata: { name: 'key', namespace: NAMESPACE }, stringData: { 'api-key': 'k' } })
})
afterAll(() => server?.[Symbol.asyncDispose]())

const aScanner = (signatureCheckSeconds: number, round = ''): KubeObject => ({
  ...SCANNER,
  metadata: { name: 'gm', namespace: NAMESPACE, annotations: { round } },
  spec: {
    backend: { url: 'https://guardimesh.example' },
    apiKeySecret: { name: 'key', key: 'api-key' },
    signatureServer: { url: 'https://signatures.example' },
    signatureCheckSeconds,
    updateStrategy: { type: 'Waves', waves: [{ nodeSelector: { wave: 'canary' }, pauseSeconds: 0 }] },
  },
})

/** The pod of a node that the test changes: `signatureCheckSeconds` is a setting of the engines. */
async function podOn(node: string, component = 'engines'): Promise<KubeObject | undefined> {
  const selector = `labelSelector=app.kubernetes.io/component=${component}`
  const { items } = (await client.get(`/api/v1/namespaces/${NAMESPACE}/pods?${selector}`)) as { items: KubeObject[] }
  return items.find(({ spec }) => (spec as { readonly nodeName?: string }).nodeName === node)
}
const untilPod = async (node: string, isMatch: (pod: KubeObject) => boolean = () => true) =>
  (await until(
    () => podOn(node),
    (pod) => pod !== undefined && isMatch(pod),
  )) as KubeObject
const uidsOfPool = async () => [(await untilPod('pool-1')).metadata.uid, (await untilPod('pool-2')).metadata.uid]

/** Acts as the kubelet when the readiness of a pod changes. */
async function setReady(pod: KubeObject, isReady: boolean): Promise<void> {
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: now }]
  await client.patchStatus({ ...pod, ...POD }, { phase: 'Running', conditions })
}

/** Acts as the kubelet when the processes of a deleted pod have ended. */
async function confirmEnd({ metadata }: KubeObject): Promise<void> {
  await core.deleteNamespacedPod({ name: metadata.name, namespace: NAMESPACE, gracePeriodSeconds: 0 })
}

test('updates wave by wave and stops when an updated pod does not become ready', async () => {
  let aheadMs = 0
  await using _operator = new RunningOperator(client, { namespace: NAMESPACE, clock: () => new Date(Date.now() + aheadMs) })
  await client.apply(aScanner(60))
  const firstCanary = await untilPod('canary')
  await setReady(firstCanary, true)
  const canaryScanner = (await until(
    () => podOn('canary', 'scanner'),
    (pod) => pod !== undefined,
  )) as KubeObject
  await setReady(canaryScanner, true)
  await untilReason(client, SCANNER, NAMESPACE, ['Ready', 'AsDesired', 'True'])
  const pool = await uidsOfPool()

  await client.apply(aScanner(61))
  const terminating = await untilPod('canary', ({ metadata }) => metadata.deletionTimestamp !== undefined)
  expect(terminating.metadata.uid).toBe(firstCanary.metadata.uid)
  expect(await uidsOfPool()).toEqual(pool)
  await confirmEnd(terminating)
  const canary = await untilPod('canary', ({ metadata }) => metadata.uid !== firstCanary.metadata.uid)
  await setReady(canary, false)
  await until(
    () => client.read(SCANNER, NAMESPACE, 'gm'),
    (scanner) => (scanner?.status as { readonly wave?: string } | undefined)?.wave === '1/2',
  )

  aheadMs = 11 * MINUTE_MS
  await client.apply(aScanner(61, '2'))
  const condition = await untilReason(client, SCANNER, NAMESPACE, ['Ready', 'WaveHeld', 'False'])
  expect(condition.message).toContain(
    `Wave 1/2 is held: updated pod ${canary.metadata.name} on node canary has not been ready for 10 minutes.`,
  )
  expect(await uidsOfPool()).toEqual(pool)
  const warnings = (await eventsOf(client, NAMESPACE, 'GuardimeshScanner')).filter(({ type }) => type === 'Warning')
  expect(warnings).toMatchObject([{ reason: 'WaveHeld', message: condition.message, count: 1 }])

  expect((await podOn('canary', 'scanner'))?.metadata.uid).toBe(canaryScanner.metadata.uid)

  aheadMs = 0
  await setReady(canary, true)
  await until(uidsOfPool, (uids) => uids.every((uid) => !pool.includes(uid)))
  await untilReason(client, SCANNER, NAMESPACE, ['Ready', 'AsDesired', 'True'])
  await until(
    () => client.read(SCANNER, NAMESPACE, 'gm'),
    (scanner) => (scanner?.status as { readonly wave?: string } | undefined)?.wave === undefined,
  )
  expect((await client.read(SCANNER, NAMESPACE, 'gm'))?.status).toMatchObject({ nodesDesired: 3, nodesReady: 3, nodesUpdated: 3 })
})
