import { DAY_MS, type FindingPage, HOUR_MS, messages, type NodeList, type OverviewView, type ScanPage } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, uuidText } from './messages.js'

/** Offsets of the clocks of nodes, in days; the last is one second after the epoch. */
const OFFSETS = [0, -1 / 24, 1 / 24, -40, -400, 2, 30, 800, 1000 / DAY_MS - Date.now() / DAY_MS]
const FAR_MS = Date.parse('2190-01-01T00:00:00Z')
let api: TestApi
let keys: { ingestion: string; read: string }

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE clusters, nodes, pods, pod_logs, scan_results, findings'))

const read = async <Body>(path: string) => (await request<Body>(api, 'GET', path, { key: keys.read })).body
const send = async (path: string, body: Uint8Array) => expect(await post(api, path, keys.ingestion, body)).toMatchObject({ status: 200 })

/** Reports pods of a node whose clock shows this time; an empty list states that it has none. */
function report(observedAtMs: number, podNames: readonly string[] = [], clusterId = 'test'): Promise<void> {
  const pods = podNames.map((podName) => ({ clusterId, nodeName: 'n', podName, podUid: podName, observedAtMs, containers: [] }))
  const node = { clusterId, nodeName: 'n', agentVersion: `at ${observedAtMs}`, observedAtMs }
  return send('/api/v1/pods/logs', messages.PodLogBatch.encode({ pods, node, complete: true }).finish())
}

const present = () => api.query<{ name: string }>('SELECT pod_name AS name FROM pods WHERE gone_at IS NULL ORDER BY 1')

test('orders and counts results of nodes with wrong clocks by their arrival', async () => {
  const findingIds: string[] = []
  for (const days of OFFSETS) {
    const atMs = Math.round(Date.now() + days * DAY_MS)
    const finding = aFinding({ findingId: uuidV7(atMs), detectedAtMs: atMs, modifiedAtMs: atMs, changedAtMs: atMs })
    const times = { resultId: uuidV7(atMs), startedAtMs: atMs, finishedAtMs: atMs }
    await send('/api/v1/scan/results', batchBody([aResult({ ...times, findings: [finding] })]))
    findingIds.unshift(uuidText(finding.findingId))
  }
  const since = new Date(Date.now() - HOUR_MS).toISOString()
  for (const query of ['', `?since=${since}`, `?until=${new Date(Date.now() + 1000).toISOString()}`])
    expect(
      (await read<FindingPage>(`/api/findings${query}`)).items.map(({ findingId }) => findingId),
      query,
    ).toEqual(findingIds)
  const scans = await read<ScanPage>(`/api/scans?startDate=${since}`)
  expect(scans.items.flatMap(({ findings }) => findings.map(({ findingId }) => findingId))).toEqual(findingIds)
  expect((await read<OverviewView>('/api/overview')).findingsLastDay).toBe(OFFSETS.length)
  const { items } = await read<FindingPage>('/api/findings')
  expect(items.every(({ detectedAt }) => Date.parse(detectedAt) <= Date.now())).toBe(true)
})

test('returns pages without repetitions and gaps for findings of one transaction', async () => {
  const findings = Array.from({ length: 7 }, () => aFinding())
  await send('/api/v1/scan/results', batchBody([aResult({ findings }), aResult({ clusterId: 'other', findings })]))
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: FindingPage = await read<FindingPage>(`/api/findings?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.items.map(({ findingId, clusterId }) => `${findingId} ${clusterId}`))
    cursor = page.nextCursor
  }
  expect(seen).toHaveLength(14)
  expect(new Set(seen).size).toBe(14)
})

test('a report from the future does not block later ones', async () => {
  await report(Date.now(), ['web'])
  await report(FAR_MS)
  expect(await present()).toEqual([])
  await report(Date.now() + 5, ['web'])
  expect(await present()).toEqual([{ name: 'web' }])
  const [node] = await api.query<{ ahead: boolean }>('SELECT observed_at > now() AS ahead FROM nodes')
  expect(node).toEqual({ ahead: false })
})

test('a node whose clock was set back is current again after two minutes', async () => {
  await report(Date.now(), ['web'])
  await report(Date.now() - HOUR_MS)
  expect(await present()).toEqual([{ name: 'web' }])
  for (const table of ['nodes', 'pods']) await api.query(`UPDATE ${table} SET observed_at = observed_at - interval '2 minutes'`)
  await report(Date.now() - HOUR_MS)
  expect(await present()).toEqual([])
})

test('pods and nodes recover from times that an earlier version stored', async () => {
  await report(Date.now(), ['web'])
  for (const table of ['nodes', 'pods']) await api.query(`UPDATE ${table} SET observed_at = $1`, [new Date(FAR_MS)])
  await report(Date.now(), ['shop'])
  expect(await present()).toEqual([{ name: 'shop' }])
})

test('reports the offset of a wrong clock', async () => {
  await report(Date.now() + 2 * DAY_MS, [], 'ahead')
  await report(Date.now() - HOUR_MS, [], 'behind')
  await report(Date.now() + HOUR_MS, [], 'hour-ahead')
  await report(1000, [], 'nineteen-seventy')
  await report(Date.now(), [], 'right')
  const offsets = (await read<NodeList>('/api/nodes')).items.map(({ clusterId, clockOffsetMs }) => [
    clusterId,
    Math.round((clockOffsetMs ?? Number.NaN) / HOUR_MS),
  ])
  expect(offsets).toEqual([
    ['ahead', 48],
    ['behind', -1],
    ['hour-ahead', 1],
    ['nineteen-seventy', Math.round((1000 - Date.now()) / HOUR_MS)],
    ['right', expect.closeTo(0)],
  ])
  expect((await read<OverviewView>('/api/overview')).nodesWithWrongClock).toBe(4)
})
