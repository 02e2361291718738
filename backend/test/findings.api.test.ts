import {
  type FacetValues,
  FindingFilters,
  type FindingPage,
  type FindingSummary,
  type FindingView,
  SEVERITIES,
  TOTAL_MAX,
} from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matchesFilters } from '../src/features/findings/matches-filters.js'
import { request } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, type ResultDraft, uuidText } from './messages.js'

const HASH = Buffer.alloc(32, 7)
let api: TestApi
let keys: { ingestion: string; read: string }
let all: readonly FindingSummary[]

const send = (...results: ResultDraft[]) => post(api, '/api/v1/scan/results', keys.ingestion, batchBody(results))
const list = async (query: string) => (await request<FindingPage>(api, 'GET', `/api/findings?${query}`, { key: keys.read })).body

/** Reads all pages of a list. */
async function pages(query: string, between: () => Promise<unknown> = async () => undefined): Promise<FindingSummary[]> {
  const items: FindingSummary[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: FindingPage = await list(`${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    items.push(...page.items)
    cursor = page.nextCursor
    await between()
  }
  return items
}

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
  const atMs = (minutes: number) => Date.now() - minutes * 60_000
  await send(
    aResult({
      findings: [
        aFinding({
          findingId: uuidV7(atMs(50)),
          detectedAtMs: atMs(50),
          severity: 5,
          scanSource: 7,
          sha256: HASH,
          path: Buffer.from('memfd:x'),
        }),
      ],
    }),
    aResult({
      namespace: 'bank',
      podName: 'ledger-0',
      findings: [aFinding({ findingId: uuidV7(atMs(40)), detectedAtMs: atMs(40), sha256: HASH, path: Buffer.from('/tmp/100%_done') })],
    }),
    aResult({
      clusterId: 'east',
      nodeName: 'node-2',
      image: 'Registry/Shop:2',
      findings: [
        aFinding({ findingId: uuidV7(atMs(30)), detectedAtMs: atMs(30), severity: 2, scanSource: 4, signatureName: 'Drift.Executable' }),
      ],
    }),
    aResult({
      containerName: 'sidecar',
      findings: [
        aFinding({
          findingId: uuidV7(atMs(20)),
          detectedAtMs: atMs(20),
          path: Buffer.from([0x2f, 0xff, 0x0a]),
          sha256: new Uint8Array(),
          process: null,
        }),
      ],
    }),
    aResult({ findings: Array.from({ length: 20 }, (_, at) => aFinding({ path: Buffer.from(`/srv/file-${at}`), severity: 1 })) }),
  )
  // Lists are ordered by the receipt.
  await api.query('UPDATE findings SET received_at = detected_at')
  all = await pages('limit=1000')
})
afterAll(() => api.close())

describe('filters', () => {
  const now = Date.now()
  test.each([
    ['severity=critical', 1],
    ['severity=critical,low', 2],
    ['source=memfd,drift', 2],
    ['signature=Drift.Executable', 1],
    ['signature=Drift', 0],
    ['signature=~drift', 1],
    ['namespace=~AN', 1],
    ['namespace=-bank', 23],
    ['namespace=-~an', 23],
    ['namespace=bank,shop', 24],
    ['pod=~ledger,-ledger-1', 1],
    ['node=~node-,-=node-2', 23],
    ['image=~registry/', 1],
    ['image=Registry/Shop:2', 1],
    ['namespace=~%25', 0],
    ['cluster=east', 1],
    ['namespace=bank', 1],
    ['node=node-2', 1],
    ['pod=ledger-0', 1],
    ['container=sidecar', 1],
    [`sha256=${HASH.toString('hex').toUpperCase()}`, 2],
    ['search=REGISTRY/shop', 1],
    ['search=100%25_', 1],
    ['search=1__%25', 0],
    ['search=%5C%5Cxff', 0],
    ['search=%5Cxff', 1],
    ['search=%27%20OR%201%3D1', 0],
    [`since=${new Date(now - 35 * 60_000).toISOString()}&severity=low,high`, 2],
    [`since=${Math.floor(now / 1000) - 35 * 60}&until=${Math.floor(now / 1000) - 25 * 60}`, 1],
    [`until=${new Date(now - 45 * 60_000).toISOString()}`, 1],
    ['namespace=shop&severity=info&search=file-7', 1],
  ])('%s matches %d findings in the list and in the stream', async (query, count) => {
    const found = await list(`limit=1000&${query}`)
    expect(found.items).toHaveLength(count)
    const filters = FindingFilters.parse(Object.fromEntries(new URLSearchParams(query)))
    expect(all.filter((finding) => matchesFilters(finding, filters))).toEqual(found.items)
  })

  test.each([
    ['severity=worst', 'severity'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['since=yesterday', 'since'],
    ['sha256=abc', 'sha256'],
    [`cluster=${'x'.repeat(600)}`, 'cluster'],
    ['namespace=a&namespace=b', 'namespace'],
  ])('reject %s and name the parameter', async (query, name) => {
    const answer = await request(api, 'GET', `/api/findings?${query}`, { key: keys.read })
    expect(answer).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID' } })
    expect(answer.body.detail).toContain(name)
  })
})

describe('paging', () => {
  test('returns findings newest first without duplicates or gaps while findings arrive', async () => {
    expect(all.map(({ findingId }) => findingId)).toEqual(
      all
        .map(({ findingId }) => findingId)
        .toSorted()
        .reverse(),
    )
    const paged = await pages('limit=3', () => send(aResult(), aResult({ clusterId: 'east' })))
    expect(paged).toEqual(all)
  })

  test('distinguishes equal ids of two clusters', async () => {
    const findingId = uuidV7()
    const twin = (clusterId: string) => aResult({ clusterId, namespace: 'twins', findings: [aFinding({ findingId })] })
    await send(twin('a'), twin('b'), twin('c'))
    expect((await pages('namespace=twins&limit=1')).map(({ clusterId }) => clusterId)).toEqual(['c', 'b', 'a'])
  })

  test.each([
    ['sort=severity', ({ severity }: FindingSummary) => String(SEVERITIES.indexOf(severity))],
    ['sort=path', ({ path }: FindingSummary) => path],
    ['sort=workload', ({ podName }: FindingSummary) => podName],
    ['sort=node', ({ nodeName }: FindingSummary) => nodeName],
    ['sort=received', ({ receivedAt }: FindingSummary) => receivedAt],
  ] as const)('sorts by %s in both directions, with the same findings on all pages', async (sort, keyOf) => {
    const descending = await pages(`limit=4&${sort}`)
    const ascending = await pages(`limit=5&${sort}&order=asc`)
    const keys = descending.map(keyOf)
    const inOrder = keys.toSorted((a, b) => Buffer.compare(Buffer.from(b), Buffer.from(a)))
    expect(keys).toEqual(inOrder)
    expect(ascending).toEqual(descending.toReversed())
    expect(new Set(descending.map(({ findingId, clusterId }) => `${findingId} ${clusterId}`)).size).toBe(descending.length)
    expect(descending.length).toBeGreaterThanOrEqual(24)
  })

  test('rejects a cursor of another order', async () => {
    const { nextCursor } = await list('limit=2&sort=path')
    for (const query of ['sort=node', 'sort=path&order=asc', ''])
      expect(await request(api, 'GET', `/api/findings?limit=2&cursor=${nextCursor}&${query}`, { key: keys.read })).toMatchObject({
        body: { code: 'CURSOR_INVALID' },
      })
  })

  test('returns the number of findings with the first page', async () => {
    const { total, totalIsMinimum, nextCursor } = await list('limit=2&severity=info')
    expect([total, totalIsMinimum]).toEqual([20, false])
    expect(await list(`limit=2&severity=info&cursor=${nextCursor}`)).toMatchObject({ total: null, totalIsMinimum: false })
    expect(await list('limit=50&severity=critical')).toMatchObject({ total: 1, totalIsMinimum: false })
  })

  test('rejects a modified cursor and a cursor of another list', async () => {
    const { nextCursor } = await list('limit=2')
    const cursor = nextCursor ?? ''
    const flipped = [...cursor].map((char, at) => `${cursor.slice(0, at)}${char === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`)
    const refused = [
      ...flipped.map((one) => `cursor=${one}`),
      `cursor=${cursor}&namespace=bank`,
      `cursor=${cursor.slice(0, -2)}`,
      `cursor=${cursor}AA`,
      'cursor=x',
    ]
    for (const query of refused) {
      const answer = await request(api, 'GET', `/api/findings?${query}`, { key: keys.read })
      expect([query, answer.status, answer.body.code]).toEqual([query, 400, 'CURSOR_INVALID'])
    }
    expect(await request(api, 'GET', `/api/scans?cursor=${cursor}`, { key: keys.read })).toMatchObject({ body: { code: 'CURSOR_INVALID' } })
    expect((await list(`limit=9&cursor=${cursor}`)).items).toHaveLength(9)
  })
})

describe('facets', () => {
  const facets = async (query: string) => (await request<FacetValues>(api, 'GET', `/api/findings/facets?${query}`, { key: keys.read })).body

  test('returns the values of a filter with the number of findings of the other filters', async () => {
    expect(await facets('facet=namespace&text=AN&until=2099-01-01')).toEqual({
      values: [{ value: 'bank', count: 1 }],
      countsAreMinimum: false,
    })
    expect((await facets('facet=node&signature=~drift&node=none')).values).toEqual([{ value: 'node-2', count: 1 }])
    expect((await facets('facet=signature&text=%25')).values).toEqual([])
    const [first, second] = (await facets('facet=image')).values
    expect(first?.count).toBeGreaterThan(second?.count ?? 0)
  })

  test('rejects an unknown filter', async () => {
    expect(await request(api, 'GET', '/api/findings/facets?facet=severity', { key: keys.read })).toMatchObject({
      status: 400,
      body: { code: 'QUERY_INVALID' },
    })
  })
})

describe('one finding', () => {
  const read = (findingId: string) => request<FindingView>(api, 'GET', `/api/findings/${findingId}`, { key: keys.read })

  test('returns all reported fields, an explanation and the number of findings with the same content', async () => {
    const finding = aFinding({ sha256: HASH, namespace: 'x', scanSource: 5, ownerUid: 1000, sizeBytes: 3e9 } as object)
    const result = aResult({ findings: [finding] })
    await send(result)
    const { status, body } = await read(uuidText(finding.findingId))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      findingId: uuidText(finding.findingId),
      resultId: uuidText(result.resultId),
      sha256: HASH.toString('hex'),
      scanSource: 'deleted_binary',
      severity: 'high',
      explanation: expect.stringContaining('deleted executable'),
      description: finding.description,
      sameContentCount: 3,
      sizeBytes: 3e9,
      ownerUid: 1000,
      mode: 0o100644,
      trigger: 'file_event',
      process: { pid: 4711, parentPid: 1, parentName: 'sh', exe: '/bin/busybox', commandLine: 'sh -c true', uid: 0, startedAt: null },
      modifiedAt: new Date(Number(finding.modifiedAtMs)).toISOString(),
      engineVersion: 'ClamAV 1.4.3',
    })
  })

  test('returns null for unknown values', async () => {
    const [summary] = (await list('container=sidecar')).items
    const { body } = await read(summary?.findingId ?? '')
    expect(body).toMatchObject({ path: '/\\xff\\x0a', sha256: null, sameContentCount: 1, process: null })
  })

  test.each(['00000000-0000-7000-8000-000000000000', 'none', "1' OR '1'='1"])('returns 404 for %s', async (findingId) => {
    expect(await read(encodeURIComponent(findingId))).toMatchObject({ status: 404, body: { code: 'FINDING_NOT_FOUND' } })
  })
})

test('counts more than 10,000 findings as a lower bound', async () => {
  const columns = (
    await api.query<{ name: string }>(`SELECT attname AS name FROM pg_attribute WHERE attrelid = 'findings'::regclass AND attnum > 0`)
  )
    .map(({ name }) => name)
    .filter((name) => name !== 'finding_id' && name !== 'namespace')
  await api.query(
    `INSERT INTO findings (finding_id, namespace, ${columns}) SELECT uuid_at(now() - make_interval(secs => n)), 'worm', ${columns}
     FROM (SELECT * FROM findings LIMIT 1) AS one, generate_series(1, ${TOTAL_MAX + 1}) AS n`,
  )
  expect(await list('limit=1&namespace=worm')).toMatchObject({ total: TOTAL_MAX, totalIsMinimum: true })
})
