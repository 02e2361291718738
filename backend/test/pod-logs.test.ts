import { type Draft, messages } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { post } from './messages.js'

const POD_LOGS = '/api/v1/pods/logs'
let api: TestApi
let key: string

beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE clusters, nodes, pods, pod_logs'))

function aPod(podName: string, observedAtMs: number, changes: Draft<'PodLog'> = {}): Draft<'PodLog'> {
  const containers = [{ name: 'web', containerId: `id-${podName}`, image: 'shop:1', snapshotter: 'overlayfs', watched: true }]
  return {
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName,
    podUid: `uid-${podName}`,
    containers,
    observedAtMs,
    ...changes,
  }
}

function aNode(observedAtMs: number, changes: Draft<'NodeStatus'> = {}): Draft<'NodeStatus'> {
  return {
    clusterId: 'test',
    nodeName: 'node-1',
    agentVersion: '0.1.0',
    runtimeKind: 'containerd',
    spoolBytes: 5e9,
    observedAtMs,
    ...changes,
  }
}

async function send(batch: Draft<'PodLogBatch'>): Promise<void> {
  const answer = await post(api, POD_LOGS, key, messages.PodLogBatch.encode(batch).finish())
  expect(answer).toMatchObject({ status: 200, body: { accepted: batch.pods?.length ?? 0 } })
}

const present = () => api.query('SELECT pod_name FROM pods WHERE gone_at IS NULL ORDER BY pod_name')
const history = async () =>
  (await api.query<{ line: string }>(`SELECT pod_name || ' ' || event AS line FROM pod_logs ORDER BY pod_log_id`)).map(({ line }) => line)

test('records appeared, changed and deleted pods of a complete inventory', async () => {
  const t = Date.now()
  await send({ pods: [aPod('a', t), aPod('b', t)], node: aNode(t), complete: true })
  await send({ pods: [aPod('a', t + 1), aPod('b', t + 1)], node: aNode(t + 1), complete: true })
  await send({ pods: [aPod('a', t + 2, { podIp: '10.0.0.9' })], node: aNode(t + 2), complete: true })
  expect(await present()).toEqual([{ pod_name: 'a' }])
  expect((await history()).sort()).toEqual(['a appeared', 'a changed', 'b appeared', 'b gone'])
  const [pod] = await api.query('SELECT containers FROM pods WHERE pod_name = $1', ['a'])
  expect(pod).toEqual({
    containers: [
      { name: 'web', containerId: 'id-a', image: 'shop:1', imageDigest: '', snapshotter: 'overlayfs', watched: true, notWatchedReason: '' },
    ],
  })
})

test('keeps the remaining pods when an inventory is incomplete', async () => {
  const t = Date.now()
  await send({ pods: [aPod('a', t)], node: aNode(t), complete: true })
  await send({ pods: [aPod('b', t + 1)], node: aNode(t + 1) })
  expect(await present()).toEqual([{ pod_name: 'a' }, { pod_name: 'b' }])
})

test('applies a complete inventory to its node only', async () => {
  const t = Date.now()
  await send({ pods: [aPod('other', t, { nodeName: 'node-2' })], node: aNode(t, { nodeName: 'node-2' }), complete: true })
  await send({ pods: [], node: aNode(t + 1), complete: true })
  expect(await present()).toEqual([{ pod_name: 'other' }])
})

test('records a pod that was deleted and recreated', async () => {
  const t = Date.now()
  const body = (pod: Draft<'PodLog'>) => post(api, POD_LOGS, key, messages.PodLog.encode(pod).finish())
  await body(aPod('a', t))
  await body(aPod('a', t + 1, { deleted: true }))
  await body(aPod('a', t + 2, { deleted: true }))
  expect(await present()).toEqual([])
  await body(aPod('a', t + 3))
  expect(await present()).toEqual([{ pod_name: 'a' }])
  expect(await history()).toEqual(['a appeared', 'a gone', 'a appeared'])
})

test('never replaces newer reports with delayed older ones', async () => {
  const t = Date.now()
  await send({ pods: [aPod('a', t, { podIp: 'new' })], node: aNode(t, { agentVersion: 'new' }), complete: true })
  await send({ pods: [aPod('late', t - 5000)], node: aNode(t - 5000, { agentVersion: 'old' }), complete: true })
  expect(await present()).toEqual([{ pod_name: 'a' }, { pod_name: 'late' }])
  expect(await api.query('SELECT agent_version, spool_bytes, runtime_kind FROM nodes')).toEqual([
    { agent_version: 'new', spool_bytes: 5e9, runtime_kind: 'containerd' },
  ])
})

test('uses the latest of two entries of the same pod', async () => {
  const t = Date.now()
  await send({ pods: [aPod('a', t, { podIp: 'new' }), aPod('a', t - 1, { podIp: 'old' })] })
  expect(await api.query('SELECT pod_ip FROM pods')).toEqual([{ pod_ip: 'new' }])
  expect(await history()).toEqual(['a appeared'])
})

test('stores concurrent reports of many nodes', async () => {
  const t = Date.now()
  const reports = Array.from({ length: 40 }, (_, index) => {
    const nodeName = `node-${index % 20}`
    return { pods: [aPod('a', t, { nodeName }), aPod('b', t, { nodeName })], node: aNode(t, { nodeName }), complete: true }
  })
  await Promise.all(reports.map(send))
  expect(await api.query('SELECT count(*) AS pods, count(DISTINCT node_name) AS nodes FROM pods')).toEqual([{ pods: 40, nodes: 20 }])
  expect(await api.query('SELECT count(*) AS appeared FROM pod_logs')).toEqual([{ appeared: 40 }])
  expect(await api.query('SELECT cluster_id FROM clusters')).toEqual([{ cluster_id: 'test' }])
})
