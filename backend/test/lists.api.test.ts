import {
  type CoveragePage,
  type Draft,
  messages,
  type NodeList,
  type OverviewView,
  type PodPage,
  type ResultGapPage,
  type ScanPage,
} from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, uuidText } from './messages.js'

const HOUR_MS = 3_600_000
let api: TestApi
let keys: { ingestion: string; read: string }
const startMs = Date.now()

async function read<Body>(path: string): Promise<Body> {
  const { status, body } = await request<Body>(api, 'GET', path, { key: keys.read })
  expect(status).toBe(200)
  return body
}

/** Scan number `hour`, finished that many hours ago; every second scan has a finding. */
function aScan(hour: number) {
  const atMs = startMs - hour * HOUR_MS
  const findings = hour % 2 === 0 ? [aFinding({ findingId: uuidV7(atMs), detectedAtMs: atMs }), aFinding({ findingId: uuidV7(atMs) })] : []
  return aResult({ resultId: uuidV7(atMs), startedAtMs: atMs - 500, finishedAtMs: atMs, namespace: hour < 5 ? 'shop' : 'bank', findings })
}

function aPod(podName: string, changes: Draft<'PodLog'> = {}): Draft<'PodLog'> {
  const container = (name: string, watched: boolean) => ({
    name,
    containerId: `${podName}-${name}`,
    image: 'shop:1',
    watched,
    notWatchedReason: watched ? '' : 'unsupported',
  })
  return {
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName,
    podUid: `uid-${podName}`,
    owner: 'Deployment/shop',
    observedAtMs: Date.now(),
    containers: [container('web', true), container('sidecar', false)],
    ...changes,
  }
}

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
  const coverage = [
    { reason: 1, path: Buffer.from('/var/big'), count: 1, sizeBytes: 5e9, detail: 'over 100 MiB' },
    { reason: 3, path: new Uint8Array(), count: 40, detail: 'permission denied' },
    { reason: 3, path: Buffer.from('/etc/shadow'), count: 1, detail: 'permission denied' },
  ]
  const gap = {
    gapId: uuidV7(),
    clusterId: 'test',
    nodeName: 'node-1',
    reason: 'spool_full',
    cleanResults: 3,
    findingResults: 1,
    fromMs: 1,
    toMs: 2,
  }
  const results = [
    ...Array.from({ length: 10 }, (_, hour) => aScan(hour)),
    aResult({ podName: 'shop-1', coverage, resultId: uuidV7(startMs - 30 * HOUR_MS), finishedAtMs: startMs - 30 * HOUR_MS, findings: [] }),
  ]
  const stored = await post(api, '/api/v1/scan/results', keys.ingestion, batchBody(results, [gap]))
  expect(stored.status).toBe(200)
  // Lists are ordered by the receipt.
  await api.query('UPDATE scan_results SET received_at = finished_at')
  await api.query('UPDATE findings SET received_at = detected_at')
  const node = {
    clusterId: 'test',
    nodeName: 'node-1',
    agentVersion: '0.1.0',
    runtimeKind: 'containerd',
    containersWatched: 2,
    containersTotal: 3,
    selfTestAtMs: startMs,
    selfTestFailed: 'layer, clamav',
    selfTestDetail: 'layer: no event; clamav: connection failed',
    observedAtMs: Date.now(),
  }
  const pods = Array.from({ length: 5 }, (_, at) => aPod(`shop-${at}`, { namespace: at === 4 ? 'bank' : 'shop' }))
  const body = messages.PodLogBatch.encode({ pods, node, complete: true }).finish()
  expect((await post(api, '/api/v1/pods/logs', keys.ingestion, body)).status).toBe(200)
})
afterAll(() => api.close())

describe('scans', () => {
  const iso = (hoursAgo: number) => new Date(startMs - hoursAgo * HOUR_MS).toISOString()
  const seconds = (hoursAgo: number) => String(Math.floor((startMs - hoursAgo * HOUR_MS) / 1000))

  test('returns scans newest first with their findings', async () => {
    const { items } = await read<ScanPage>('/api/scans')
    expect(items).toHaveLength(11)
    expect(items.map(({ finishedAt }) => finishedAt)).toEqual(
      items
        .map(({ finishedAt }) => finishedAt)
        .toSorted()
        .reverse(),
    )
    expect(items[0]).toMatchObject({ namespace: 'shop', trigger: 'file_event', totalFindings: 2, filesScanned: 1, bytesScanned: 68 })
    expect(items[0]?.findings[0]).toMatchObject({
      signatureName: 'Test.Signature-1',
      path: '/srv/upload.bin',
      scanSource: 'realtime',
      severity: 'high',
    })
    expect(items[1]).toMatchObject({ totalFindings: 0, findings: [] })
  })

  test.each([
    [`startDate=${iso(2.5)}`, 3],
    [`startDate=${seconds(2.5)}`, 3],
    [`startDate=${iso(6.5)}&endDate=${iso(2.5)}`, 4],
    [`startDate=${seconds(6.5)}&endDate=${seconds(2.5)}&namespace=bank`, 2],
    ['namespace=shop', 6],
    ['namespace=~AN', 5],
    ['cluster=none', 0],
    ['infected=true', 5],
    ['infected=false', 6],
    ['limit=4', 4],
    ['limit=4&offset=9', 2],
    ['offset=100', 0],
  ])('%s matches %d scans', async (query, count) => {
    expect((await read<ScanPage>(`/api/scans?${query}`)).items).toHaveLength(count)
  })

  test('returns the same pages by offset and by cursor', async () => {
    const all = (await read<ScanPage>('/api/scans')).items
    const first = await read<ScanPage>('/api/scans?limit=4')
    const byCursor = await read<ScanPage>(`/api/scans?limit=4&offset=9&cursor=${first.nextCursor}`)
    const byOffset = await read<ScanPage>('/api/scans?limit=4&offset=4')
    expect(byCursor.items).toEqual(all.slice(4, 8))
    expect(byOffset.items).toEqual(byCursor.items)
    expect((await read<ScanPage>(`/api/scans?limit=4&cursor=${byCursor.nextCursor}`)).nextCursor).toBeNull()
  })

  test('returns the number of scans, and the oldest first', async () => {
    expect(await read<ScanPage>('/api/scans?limit=4')).toMatchObject({ total: 11, totalIsMinimum: false })
    expect(await read<ScanPage>('/api/scans?limit=4&offset=9')).toMatchObject({ total: 11, totalIsMinimum: false })
    const all = (await read<ScanPage>('/api/scans')).items
    const first = await read<ScanPage>('/api/scans?limit=7&order=asc')
    const second = await read<ScanPage>(`/api/scans?limit=7&order=asc&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items]).toEqual(all.toReversed())
    expect(second.total).toBeNull()
  })

  test.each(['limit=1001', 'offset=-1', 'offset=100001', 'startDate=soon', 'infected=maybe'])('rejects %s', async (query) => {
    expect(await request(api, 'GET', `/api/scans?${query}`, { key: keys.read })).toMatchObject({
      status: 400,
      body: { code: 'QUERY_INVALID' },
    })
  })
})

describe('inventory', () => {
  test('returns nodes with lost results and findings, and marks them silent after three minutes', async () => {
    const { items } = await read<NodeList>('/api/nodes')
    expect(items).toMatchObject([
      {
        nodeName: 'node-1',
        state: 'reporting',
        runtimeKind: 'containerd',
        containersWatched: 2,
        findingsLastDay: 10,
        resultsLost: 4,
        spoolBytes: 0,
        selfTestAt: new Date(startMs).toISOString(),
        selfTestFailed: 'layer, clamav',
        selfTestDetail: 'layer: no event; clamav: connection failed',
      },
    ])
    await api.query(`UPDATE nodes SET last_seen_at = now() - interval '181 seconds'`)
    expect((await read<NodeList>('/api/nodes')).items[0]?.state).toBe('silent')
    expect(await read<OverviewView>('/api/overview')).toMatchObject({ nodesReporting: 0, nodesSilent: 1 })
    expect((await read<NodeList>('/api/nodes?state=silent')).items).toHaveLength(1)
    expect((await read<NodeList>('/api/nodes?state=reporting')).items).toEqual([])
    await api.query('UPDATE nodes SET last_seen_at = now()')
    expect((await read<NodeList>('/api/nodes?state=silent')).items).toEqual([])
  })

  test('returns the generation that a node rejected', async () => {
    await api.query(`UPDATE nodes SET signatures_refused_generation = '20260301-0300', signatures_refusal = 'wrong digest'`)
    expect((await read<NodeList>('/api/nodes')).items[0]).toMatchObject({ refusedGeneration: '20260301-0300', refusal: 'wrong digest' })
    await api.query(`UPDATE nodes SET signatures_refused_generation = '', signatures_refusal = ''`)
  })

  test('returns the pods of the containers that the overview counts as not monitored', async () => {
    const countNotWatched = ({ items }: PodPage) => items.flatMap(({ containers }) => containers).filter(({ watched }) => !watched).length
    const all = await read<PodPage>('/api/pods')
    const notWatched = await read<PodPage>('/api/pods?watched=false')
    const { containersNotWatched } = await read<OverviewView>('/api/overview')
    expect([countNotWatched(all), countNotWatched(notWatched)]).toEqual([containersNotWatched, containersNotWatched])
    expect((await read<PodPage>('/api/pods?watched=true')).items.length + notWatched.items.length).toBe(all.items.length)
    expect(countNotWatched(await read<PodPage>('/api/pods?watched=true'))).toBe(0)
  })

  test('returns the results that the overview counts as lost, last received first', async () => {
    const aGap = (clusterId: string) => ({
      gapId: uuidV7(),
      clusterId,
      nodeName: 'node-9',
      reason: 'spool_full',
      sightings: 5,
      fromMs: startMs,
      toMs: startMs + 1,
    })
    await post(api, '/api/v1/scan/results', keys.ingestion, batchBody([], [aGap('test'), aGap('test')]))
    const all = (await read<ResultGapPage>('/api/result-gaps')).items
    const lost = all.reduce((sum, { cleanResults, findingResults }) => sum + cleanResults + findingResults, 0)
    expect(lost).toBe((await read<OverviewView>('/api/overview')).resultsLost)
    expect(all.map(({ nodeName }) => nodeName)).toEqual(['node-9', 'node-9', 'node-1'])
    expect(all[2]).toMatchObject({
      reason: 'spool_full',
      findingResults: 1,
      cleanResults: 3,
      fromAt: new Date(1).toISOString(),
      toAt: new Date(2).toISOString(),
    })
    const first = await read<ResultGapPage>('/api/result-gaps?limit=1')
    const others = await read<ResultGapPage>(`/api/result-gaps?limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...others.items]).toEqual(all)
    expect((await read<ResultGapPage>('/api/result-gaps?node=node-1&cluster=test')).items).toHaveLength(1)
    await api.query(`DELETE FROM gaps WHERE node_name = 'node-9'`)
  })

  test('returns pods in pages with filters', async () => {
    const first = await read<PodPage>('/api/pods?limit=3')
    const second = await read<PodPage>(`/api/pods?limit=3&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ podName }) => podName).toSorted()).toEqual([
      'shop-0',
      'shop-1',
      'shop-2',
      'shop-3',
      'shop-4',
    ])
    expect(second.nextCursor).toBeNull()
    const [pod] = (await read<PodPage>('/api/pods?search=SHOP-1&node=node-1')).items
    expect(pod).toMatchObject({
      podName: 'shop-1',
      goneAt: null,
      findingsLastDay: 6,
      containers: [{ watched: true }, { watched: false, notWatchedReason: 'unsupported' }],
    })
    expect((await read<PodPage>('/api/pods?namespace=bank')).items).toHaveLength(1)
    await api.query(`UPDATE pods SET gone_at = now() WHERE pod_name = 'shop-3'`)
    expect((await read<PodPage>('/api/pods')).items).toHaveLength(4)
    expect((await read<PodPage>('/api/pods?gone=true')).items).toHaveLength(5)
  })

  test('returns coverage in pages, with totals independent of the selected reason', async () => {
    const totals = [
      { reason: 'too_large', entries: 1, files: 1 },
      { reason: 'unreadable', entries: 2, files: 41 },
    ]
    const first = await read<CoveragePage>('/api/coverage?limit=2')
    const second = await read<CoveragePage>(`/api/coverage?limit=2&cursor=${first.nextCursor}`)
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
    const large = await read<CoveragePage>('/api/coverage?reason=too_large')
    expect(large).toMatchObject({ totals, items: [{ path: '/var/big', sizeBytes: 5e9, detail: 'over 100 MiB', podName: 'shop-1' }] })
    expect((await read<CoveragePage>('/api/coverage?search=SHADOW')).items).toHaveLength(1)
    expect((await read<CoveragePage>('/api/coverage?namespace=none')).totals).toEqual([])
    const countSince = async (ms: number) => (await read<CoveragePage>(`/api/coverage?since=${new Date(ms).toISOString()}`)).items.length
    expect([await countSince(startMs - 31 * HOUR_MS), await countSince(Date.now() + HOUR_MS)]).toEqual([3, 0])
  })

  test.each(['pods', 'coverage', 'result-gaps'])('rejects an edited cursor of %s', async (list) => {
    const answer = await request(api, 'GET', `/api/${list}?cursor=AAAAAAAAAAAAWyIxIl0`, { key: keys.read })
    expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } })
  })
})

test('returns the totals of the overview', async () => {
  expect(await read<OverviewView>('/api/overview')).toEqual({
    findingsLastDay: 10,
    findingsBySeverity: { info: 0, low: 0, medium: 0, high: 10, critical: 0 },
    nodesReporting: 1,
    nodesSilent: 0,
    pods: 4,
    containersNotWatched: 4,
    resultsLost: 4,
    nodesWithWrongClock: 0,
  })
})

test('separates findings with the same id in the scans of two clusters', async () => {
  const findingId = uuidV7()
  const twin = (clusterId: string) => aResult({ clusterId, findings: [aFinding({ findingId, signatureName: `of ${clusterId}` })] })
  await post(api, '/api/v1/scan/results', keys.ingestion, batchBody([twin('a'), twin('b')]))
  const { items } = await read<ScanPage>('/api/scans?cluster=a')
  expect(items[0]?.findings).toMatchObject([{ findingId: uuidText(findingId), signatureName: 'of a' }])
})
