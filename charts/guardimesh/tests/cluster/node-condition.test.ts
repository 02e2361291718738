import { join } from 'node:path'
import { NodeConditionWriter } from '@guardimesh/kit/kube/node-condition'
import {
  CoreV1Api,
  type KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
  type V1NodeCondition,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ApiServer } from '../../../../platform-operator/test/api-server.js'
import { ChartPackage, parseObjects, TESTS_FOLDER, template } from '../chart.js'

const NAMESPACE = 'guardimesh-system'
const ACCOUNT = 'guardimesh-scanner'
const TYPE = 'MalwareDetectionImpaired'
const MERGE = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch)
const READY = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }

let server: ApiServer
let admin: CoreV1Api
/** Credentials of a scanner pod on the node "own". */
let scanner: KubeConfig

beforeAll(async () => {
  server = await ApiServer.start()
  admin = server.kubeConfig().makeApiClient(CoreV1Api)
  await applyChart()
  for (const name of ['own', 'foreign']) await createNode(name)
  scanner = await scannerOn('own')
  // The API server applies a new policy within about a second.
  const isRejected = () =>
    patchAsScanner('foreign', {}).then(
      () => false,
      () => true,
    )
  await vi.waitFor(async () => expect(await isRejected()).toBe(true), { timeout: 20_000, interval: 500 })
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

/** Creates the permissions of the scanners and the policy that limits them. */
async function applyChart(): Promise<void> {
  await using chart = await ChartPackage.create()
  const objects = parseObjects(await template('helm', chart.file, join(TESTS_FOLDER, 'cases/scanner-only.yaml')))
  await admin.createNamespace({ body: { metadata: { name: NAMESPACE } } })
  const api = KubernetesObjectApi.makeApiClient(server.kubeConfig())
  const kinds = /^(ClusterRole|ClusterRoleBinding|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding)$/
  const isUsed = /^guardimesh-(scanner|node-condition)$/
  for (const object of objects) if (kinds.test(object.kind) && isUsed.test(object.metadata.name)) await api.create(object)
}

async function createNode(name: string): Promise<void> {
  await admin.createNode({ body: { metadata: { name, labels: { zone: 'a' } } } })
  await admin.patchNodeStatus(
    { name, body: { status: { conditions: [READY], addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] } } },
    MERGE,
  )
}

async function scannerOn(nodeName: string): Promise<KubeConfig> {
  await admin.createNamespacedServiceAccount({ namespace: NAMESPACE, body: { metadata: { name: ACCOUNT } } })
  const spec = { serviceAccountName: ACCOUNT, nodeName, containers: [{ name: 'scanner', image: 'scanner' }] }
  const pod = await admin.createNamespacedPod({ namespace: NAMESPACE, body: { metadata: { name: 'scanner' }, spec } })
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'scanner', ...(pod.metadata?.uid ? { uid: pod.metadata.uid } : {}) }
  const body = { spec: { audiences: [], boundObjectRef } }
  const { status } = await admin.createNamespacedServiceAccountToken({ name: ACCOUNT, namespace: NAMESPACE, body })
  const config = server.kubeConfig()
  const user = { name: 'scanner', token: status?.token ?? '' }
  config.users = [user]
  config.contexts = config.contexts.map((context) => ({ ...context, user: user.name }))
  return config
}

const conditionOf = async (type: string) => (await admin.readNode({ name: 'own' })).status?.conditions?.find((one) => one.type === type)
const patchAsScanner = (name: string, body: Partial<V1Node>) => scanner.makeApiClient(CoreV1Api).patchNodeStatus({ name, body }, MERGE)
const condition = (type: string, status: string) => ({ type, status, reason: 'Test', message: 'test' }) as V1NodeCondition

test('sets one condition of the node, keeps the others and the time of its last change, and removes it', async () => {
  const writer = new NodeConditionWriter({ nodeName: 'own', type: TYPE, kubeConfig: scanner })
  const passed = { status: 'False', reason: 'SelfTestPassed', message: 'passed' } as const
  await writer.set(passed)
  const first = await conditionOf(TYPE)
  expect(await conditionOf('Ready')).toMatchObject(READY)
  expect(first).toMatchObject({ type: TYPE, ...passed })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await writer.set(passed)
  const second = await conditionOf(TYPE)
  expect(second?.lastTransitionTime).toEqual(first?.lastTransitionTime)
  expect(second?.lastHeartbeatTime?.getTime()).toBeGreaterThan(first?.lastHeartbeatTime?.getTime() ?? Number.POSITIVE_INFINITY)
  await writer.set({ status: 'True', reason: 'SelfTestFailed', message: 'clamav: no verdict' })
  const third = await conditionOf(TYPE)
  expect(third?.status).toBe('True')
  expect(third?.lastTransitionTime?.getTime()).toBeGreaterThan(first?.lastTransitionTime?.getTime() ?? Number.POSITIVE_INFINITY)
  await writer.remove()
  expect(await conditionOf(TYPE)).toBeUndefined()
  expect(await conditionOf('Ready')).toMatchObject(READY)
})

test.each([
  [
    'the status of another node',
    'foreign',
    { status: { conditions: [condition(TYPE, 'True')] } },
    'only change the status of its own node',
  ],
  [
    'a condition of the kubelet',
    'own',
    { status: { conditions: [condition('Ready', 'False')] } },
    'only change the condition MalwareDetection',
  ],
  ['another new condition', 'own', { status: { conditions: [condition('Other', 'True')] } }, 'only change the condition MalwareDetection'],
  [
    'the addresses',
    'own',
    { status: { addresses: [{ type: 'InternalIP', address: '192.0.2.66' }] } },
    'only change conditions of its node',
  ],
  ['the capacity', 'own', { status: { capacity: { pods: '0' } } }, 'only change conditions of its node'],
  ['the labels', 'own', { metadata: { labels: { zone: 'b' } } }, 'not change the metadata'],
])('does not let a scanner change %s', async (_, node, body, message) => {
  await expect(patchAsScanner(node, body)).rejects.toThrow(message)
})
