import {
  type CoveragePage,
  type DashboardView,
  type Draft,
  type FindingPage,
  type IncidentPage,
  messages,
  type NodeList,
  type PodPage,
} from '@guardimesh/contracts'
import { createLogger, uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HourlyTotalsRepository } from '../src/features/dashboard/hourly-totals.repository.js'
import { HourlyTotalsService } from '../src/features/dashboard/hourly-totals.service.js'
import { Database } from '../src/platform/database/database.js'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aFinding, aResult, batchBody, type FindingDraft, post, type ResultDraft, uuidText } from './messages.js'

const HOUR_MS = 3_600_000
let api: TestApi
let session: TestSession
let empty: DashboardView
let live: DashboardView
/** After the worker has added the totals of past hours. */
let counted: DashboardView

async function read<Body>(path: string): Promise<Body> {
  const { status, body } = await request<Body>(api, 'GET', path, { session })
  expect(status, path).toBe(200)
  return body
}

const totals = () =>
  new HourlyTotalsService(new HourlyTotalsRepository(api.app.get(Database, { strict: false })), createLogger('test', 'silent'))
const hashOf = (byte: number) => Buffer.alloc(32, byte)

/** A result with a finding that was received some hours ago. */
interface Detection {
  readonly hoursAgo: number
  readonly result?: ResultDraft
  readonly finding?: FindingDraft
}

const DETECTIONS: readonly Detection[] = [
  { hoursAgo: 0, finding: { sha256: hashOf(1), severity: 5, signatureName: 'Worm' }, result: { filesScanned: 98 } },
  { hoursAgo: 3, finding: { sha256: hashOf(1), severity: 5, signatureName: 'Worm' }, result: { namespace: 'bank', image: 'bank:1' } },
  { hoursAgo: 3, finding: { sha256: hashOf(2), severity: 2 }, result: { namespace: 'bank', nodeName: 'node-2' } },
  { hoursAgo: 30, finding: { sha256: hashOf(3) } },
  { hoursAgo: 24 * 6, finding: { sha256: hashOf(4), signatureName: 'Miner' }, result: { image: 'miner:1' } },
  { hoursAgo: 24 * 40, finding: { sha256: hashOf(5) } },
]

async function store(): Promise<void> {
  const key = await api.createKey('ingestion')
  for (const { hoursAgo, result = {}, finding = {} } of DETECTIONS) {
    const atMs = Date.now() - hoursAgo * HOUR_MS
    const resultId = uuidV7(atMs)
    const findingId = uuidV7(atMs)
    const times = { changedAtMs: atMs - 8_000, detectedAtMs: atMs }
    const coverage = [{ reason: 1, path: Buffer.from(`/var/${hoursAgo}`), count: 7, sizeBytes: 5, detail: '' }]
    const draft = aResult({ resultId, findings: [aFinding({ findingId, ...times, ...finding })], coverage, ...result })
    expect((await post(api, '/api/v1/scan/results', key, batchBody([draft]))).status).toBe(200)
    // Only the database sets these times.
    const earlier = (column: string) => `${column} = ${column} - make_interval(hours => $1)`
    await api.query(`UPDATE findings SET ${earlier('received_at')} WHERE finding_id = $2`, [hoursAgo, uuidText(findingId)])
    await api.query(`UPDATE scan_results SET ${earlier('received_at')} WHERE result_id = $2`, [hoursAgo, uuidText(resultId)])
    await api.query(`UPDATE incidents SET ${earlier('first_seen_at')} WHERE sha256 = $2`, [hoursAgo, finding.sha256])
  }
  await api.query(`UPDATE coverage SET last_seen_at = last_seen_at - interval '2 days' WHERE path = '/var/30'`)
  for (const nodeName of ['node-1', 'node-2']) {
    const node = { clusterId: 'test', nodeName, observedAtMs: Date.now() }
    const status = messages.PodLogBatch.encode({ pods: [], node, complete: false }).finish()
    expect((await post(api, '/api/v1/pods/logs', key, status)).status).toBe(200)
  }
  await api.query(`UPDATE nodes SET last_seen_at = now() - interval '1 hour' WHERE node_name = 'node-2'`)
  const container = (name: string, watched: boolean) => ({ name, containerId: name, image: 'shop:1', watched, notWatchedReason: '' })
  const pod: Draft<'PodLog'> = {
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName: 'shop-1',
    podUid: 'uid',
    observedAtMs: Date.now(),
    containers: [container('web', true), container('proxy', true), container('sidecar', false)],
  }
  const pods = messages.PodLogBatch.encode({ pods: [pod], complete: false }).finish()
  expect((await post(api, '/api/v1/pods/logs', key, pods)).status).toBe(200)
}

/** Resolves the oldest incident of the period after 50 min, and starts another one. */
async function triage(): Promise<void> {
  const { items } = await read<IncidentPage>('/api/incidents?limit=100')
  const idOf = (byte: number) => items.find(({ sha256 }) => sha256 === hashOf(byte).toString('hex'))?.incidentId
  const change = (byte: number, json: object) => request(api, 'PATCH', `/api/incidents/${idOf(byte)}`, { session, json })
  expect((await change(4, { status: 'in_progress' })).status).toBe(200)
  expect((await change(4, { status: 'resolved', resolution: 'test' })).status).toBe(200)
  expect((await change(3, { status: 'in_progress' })).status).toBe(200)
  await api.query(
    `UPDATE incident_history AS h SET changed_at = i.first_seen_at
       + CASE WHEN h.after ->> 'status' = 'resolved' THEN interval '50 minutes' ELSE interval '10 minutes' END
     FROM incidents AS i WHERE i.incident_id = h.incident_id`,
  )
}

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
  empty = await read<DashboardView>('/api/dashboard?range=24h')
  await store()
  await triage()
  live = await read<DashboardView>('/api/dashboard?range=7d')
  await totals().addMissing()
  counted = await read<DashboardView>('/api/dashboard?range=30d')
})
afterAll(() => api.close())

test('shows the steps of the set-up of an empty installation', () => {
  expect(empty.setUp).toEqual({
    signaturesImported: null,
    nodeReporting: false,
    channelEnabled: false,
    secondAdministrator: false,
    detectionTested: false,
  })
  expect(empty).toMatchObject({
    openIncidents: [],
    findings: { total: 0 },
    topImages: [],
    coverage: { containers: 0 },
    nodes: { total: 0 },
  })
  expect(empty.response.detect).toEqual({ incidents: 0, measured: 0, medianSeconds: null, p95Seconds: null })
  expect(counted.setUp).toMatchObject({ nodeReporting: true, detectionTested: true, channelEnabled: false })
})

test('answers from memory for a few seconds', async () => {
  expect(await read('/api/dashboard?range=30d')).toEqual(counted)
})

test('rejects an unknown range', async () => {
  expect(await request(api, 'GET', '/api/dashboard?range=1y', { session })).toMatchObject({ status: 400 })
})

describe.each([
  ['before', () => live, 5],
  ['after', () => counted, 5],
] as const)('%s past hours are added, lists show the same number of', (_, get, total) => {
  const countFindings = async ({ since, until }: { since: string; until: string }, filter: Record<string, string>) =>
    (await read<FindingPage>(`/api/findings?${new URLSearchParams({ since, until, ...filter })}`)).total

  test('findings of each bar', async () => {
    const { findings } = get()
    expect(findings.total).toBe(total)
    expect(await countFindings(get(), {})).toBe(total)
    expect(findings.buckets.at(-1)?.until).toBe(get().until)
    const counts = findings.buckets.flatMap(({ bySeverity, ...bucket }) =>
      Object.entries(bySeverity).map(([severity, count]) => ({ bucket, severity, count })),
    )
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    for (const { bucket, severity, count } of counts.filter((one) => one.count > 0))
      expect(await countFindings(bucket, { severity }), `${bucket.since} ${severity}`).toBe(count)
  })

  test.each([
    ['namespace', () => get().topNamespaces, ['shop', 'bank']],
    ['image', () => get().topImages, ['shop:1', 'bank:1', 'miner:1']],
    ['signature', () => get().topSignatures, ['Test.Signature-1', 'Worm', 'Miner']],
  ] as const)('findings of each %s', async (filter, values, names) => {
    expect(values().map(({ value }) => value)).toEqual(names)
    for (const { value, findings } of values()) expect(await countFindings(get(), { [filter]: value }), value).toBe(findings)
  })

  test('open incidents of each status and severity', async () => {
    const { openIncidents } = get()
    expect(openIncidents.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(4)
    for (const { status, severity, incidents } of openIncidents)
      expect((await read<IncidentPage>(`/api/incidents?status=${status}&severity=${severity}`)).total).toBe(incidents)
  })

  test('containers that are not monitored', async () => {
    const { containers, containersMonitored } = get().coverage
    const { totals: counts } = await read<PodPage>('/api/pods?watched=false')
    expect([containers, containersMonitored, counts?.containersNotMonitored]).toEqual([3, 2, 1])
  })

  test('coverage gaps', async () => {
    const { gaps, gapsSince } = get().coverage
    const page = await read<CoveragePage>(`/api/coverage?since=${gapsSince}`)
    expect([gaps, page.totals.reduce((sum, { entries }) => sum + entries, 0)]).toEqual([4, 4])
  })

  test('nodes', async () => {
    const { total: nodes, silent, outdated } = get().nodes
    const all = await read<NodeList>('/api/nodes')
    expect([nodes, silent, outdated]).toEqual([all.items.length, (await read<NodeList>('/api/nodes?state=silent')).items.length, null])
    expect([nodes, silent]).toEqual([2, 1])
  })

  test.each([
    ['detect', '', 4],
    ['acknowledge', 'status=in_progress,resolved&', 2],
    ['resolve', 'status=resolved&', 1],
  ] as const)('incidents with a time to %s', async (name, filter, expected) => {
    const { response } = get()
    expect(response[name].incidents).toBe(expected)
    expect((await read<IncidentPage>(`/api/incidents?${filter}openedSince=${response.since}`)).total).toBe(expected)
  })
})

test('measures the times to detect, acknowledge and resolve', () => {
  const { detect, acknowledge, resolve } = counted.response
  expect(acknowledge).toEqual({ incidents: 2, measured: 2, medianSeconds: 600, p95Seconds: 600 })
  expect(resolve).toEqual({ incidents: 1, measured: 1, medianSeconds: 3000, p95Seconds: 3000 })
  expect(detect).toMatchObject({ measured: 4, medianSeconds: 8, p95Seconds: 8 })
})

test('returns the share of scanned files of each bucket, and of monitored containers while the worker runs', () => {
  const { trend, filesScanned, filesNotScanned } = counted.coverage
  expect([filesScanned, filesNotScanned]).toEqual([98 + 4, 5 * 7])
  expect(trend.filter(({ filesPercent }) => filesPercent !== null)).toHaveLength(
    new Set(
      DETECTIONS.filter(({ hoursAgo }) => hoursAgo < 700).map(({ hoursAgo }) => Math.floor((Date.now() - hoursAgo * HOUR_MS) / 864e5)),
    ).size,
  )
  const recorded = trend.filter(({ containersPercent }) => containersPercent !== null)
  expect(recorded).toHaveLength(1)
  expect(recorded[0]?.containersPercent).toBeCloseTo(66.67, 1)
})

test('adds each hour once, also with two workers', async () => {
  await api.query('DELETE FROM hourly_findings')
  await api.query('DELETE FROM hourly_totals')
  await Promise.all([totals().addMissing(), totals().addMissing()])
  const [findings] = await api.query<{ count: string }>(
    `SELECT sum(findings)::text AS count FROM hourly_findings WHERE dimension = 'severity'`,
  )
  expect(findings?.count).toBe('4')
})
