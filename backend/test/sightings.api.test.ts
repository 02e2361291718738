import type { FindingView, HashDryRunResult, SightingList } from '@guardimesh/contracts'
import { INGEST_LIMITS } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aFinding, aResult, aSighting, batchBody, post, type ResultDraft, type SightingDraft, uuidText } from './messages.js'

const HASH = Buffer.alloc(32, 7)
const HEX = HASH.toString('hex')
const MD5 = Buffer.alloc(16, 8)
const MD5_HEX = MD5.toString('hex')
const MINUTE_MS = 60_000
const nowMs = Date.now()
const at = (minutesAgo: number) => ({ firstSeenAtMs: nowMs - minutesAgo * MINUTE_MS, lastSeenAtMs: nowMs - minutesAgo * MINUTE_MS })
const iso = (minutesAgo: number) => new Date(nowMs - minutesAgo * MINUTE_MS).toISOString()

let api: TestApi
let keys: { ingestion: string; read: string }
let session: TestSession

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
  session = await api.login()
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE file_sightings, sighting_containers'))

const reportSightings = async (...sightings: SightingDraft[]) => {
  const answer = await post(api, '/api/v1/scan/results', keys.ingestion, batchBody([], [], sightings))
  expect(answer).toMatchObject({ status: 200, body: { accepted: 0, duplicates: 0 } })
}
const list = async (sha256 = HEX) => (await request<SightingList>(api, 'GET', `/api/sightings?sha256=${sha256}`, { key: keys.read })).body
const aPlace = (changes: SightingDraft = {}) => aSighting({ sha256: HASH, ...changes })

describe('a sighting', () => {
  test('is listed by content, oldest first, with its location', async () => {
    await reportSightings(
      aPlace({ ...at(5), containerId: 'b', nodeName: 'node-2', path: Buffer.from([0x2f, 0xff]) }),
      aPlace({ ...at(9) }),
      aSighting(),
    )
    const { items, total, hash } = await list(HEX.toUpperCase())
    expect([hash, total, items.map(({ nodeName, path }) => [nodeName, path])]).toEqual([
      HEX,
      2,
      [
        ['node-1', '/srv/upload.bin'],
        ['node-2', '/\\xff'],
      ],
    ])
    expect(items[0]).toEqual({
      clusterId: 'test',
      nodeName: 'node-1',
      namespace: 'shop',
      podName: 'shop-1',
      containerName: 'web',
      containerId: 'c0ffee',
      image: 'shop:1',
      path: '/srv/upload.bin',
      scanSource: 'realtime',
      sha256: HEX,
      sizeBytes: 68,
      firstSeenAt: iso(9),
      lastSeenAt: iso(9),
      cleanGeneration: '20261120-1',
    })
  })

  test('is listed by MD5 once a node has reported it, and keeps the MD5 if other nodes report none', async () => {
    const other = Buffer.alloc(32, 9)
    await reportSightings(
      aPlace(at(5)),
      aPlace({ ...at(6), md5: MD5 }),
      aPlace({ ...at(9), containerId: 'b', sha256: other, md5: MD5 }),
      aSighting(),
    )
    await reportSightings(aPlace(at(1)), aPlace({ ...at(2), containerId: 'c' }))
    const byMd5 = async () =>
      (await request<SightingList>(api, 'GET', `/api/sightings?md5=${MD5_HEX.toUpperCase()}`, { key: keys.read })).body
    const { hash, total, items } = await byMd5()
    expect([hash, total, items.map(({ containerId, sha256 }) => [containerId, sha256])]).toEqual([
      MD5_HEX,
      2,
      [
        ['b', other.toString('hex')],
        ['c0ffee', HEX],
      ],
    ])
    await reportSightings(aPlace({ ...at(2), containerId: 'c', md5: MD5 }))
    expect((await byMd5()).total).toBe(3)
  })

  test('keeps the earliest and latest time and the last clean generation, in any order of reports', async () => {
    const reports = [
      aPlace({ ...at(5), cleanGeneration: 'b' }),
      aPlace({ ...at(9), cleanGeneration: '' }),
      aPlace({ ...at(1), cleanGeneration: '' }),
      aPlace({ ...at(7), cleanGeneration: 'a' }),
    ]
    const expected = [{ firstSeenAt: iso(9), lastSeenAt: iso(1), cleanGeneration: 'b' }]
    await reportSightings(...reports)
    expect((await list()).items).toMatchObject(expected)
    for (const one of [...reports, ...reports.toReversed()]) await reportSightings(one)
    expect((await list()).items).toMatchObject(expected)
    await api.query('TRUNCATE file_sightings, sighting_containers')
    for (const one of reports.toReversed()) await reportSightings(one)
    expect((await list()).items).toMatchObject(expected)
  })

  test('is stored in maximum batches concurrently, with times limited to the present', async () => {
    const many = Array.from({ length: INGEST_LIMITS.sightingsPerBatch }, (_, index) =>
      aPlace({ path: Buffer.from(`/srv/${index % 4000}`) }),
    )
    await Promise.all([
      reportSightings(...many),
      reportSightings(...many.toReversed()),
      reportSightings(...many.slice(0, 100)),
      reportSightings(aPlace({ lastSeenAtMs: nowMs + 1e9 })),
    ])
    const { items, total } = await list()
    expect([total, items.length]).toEqual([4001, 1000])
    const [row] = await api.query<{ late: number }>('SELECT count(*) AS late FROM file_sightings WHERE last_seen_at > now()')
    expect(row?.late).toBe(0)
  })

  test('is stored together with results, and ignored when repeated', async () => {
    const body = batchBody([aResult()], [{ gapId: uuidV7(), clusterId: 'test', nodeName: 'n', reason: 'x', sightings: 7 }], [aPlace()])
    expect((await post(api, '/api/v1/scan/results', keys.ingestion, body)).body).toEqual({ accepted: 1, duplicates: 0 })
    expect((await post(api, '/api/v1/scan/results', keys.ingestion, body)).body).toEqual({ accepted: 1, duplicates: 1 })
    expect((await list()).total).toBe(1)
    expect(await api.query('SELECT sightings FROM gaps')).toEqual([{ sightings: 7 }])
  })

  test.each(['', 'sha256=abc', `sha256=${'g'.repeat(64)}`, 'md5=abc', `md5=${HEX}`, `sha256=${HEX}&md5=${MD5_HEX}`])(
    'is rejected for the query "%s"',
    async (query) => {
      const answer = await request(api, 'GET', `/api/sightings?${query}`, { key: keys.read })
      expect(answer).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID' } })
    },
  )
})

describe('a finding', () => {
  const GENERATION = '20261121-1'
  const findingWith = async (changes: ResultDraft['findings']) => {
    await post(api, '/api/v1/scan/results', keys.ingestion, batchBody([aResult({ findings: changes ?? [] })]))
    return (await request<FindingView>(api, 'GET', `/api/findings/${uuidText(changes?.[0]?.findingId)}`, { key: keys.read })).body
  }
  const detected = () => aFinding({ sha256: HASH, signatureGeneration: GENERATION, detectedAtMs: nowMs })

  test('of a content that older signatures reported clean is a late detection with history', async () => {
    await reportSightings(
      aPlace({ ...at(90), containerId: 'old' }),
      aPlace({ ...at(60), nodeName: 'node-2', containerId: 'b', cleanGeneration: '20261120-2' }),
      aPlace({ ...at(1), cleanGeneration: '' }),
    )
    expect((await findingWith([detected()])).seen).toEqual({
      firstSeenAt: iso(90),
      containers: 3,
      nodes: 2,
      isLate: true,
      cleanGeneration: '20261120-2',
    })
  })

  test.each<{ name: string; sighting: SightingDraft }>([
    { name: 'was never clean', sighting: { ...at(5), cleanGeneration: '' } },
    { name: 'was clean with the same generation only', sighting: { ...at(5), cleanGeneration: GENERATION } },
    { name: 'was reported clean afterwards', sighting: { ...at(-1 / 60), cleanGeneration: '20261122-1' } },
  ])('of a content that $name is not late', async ({ sighting }) => {
    await reportSightings(aPlace(sighting))
    const finding = aFinding({ sha256: HASH, signatureGeneration: GENERATION, detectedAtMs: nowMs - 2 * MINUTE_MS })
    const seen = (await findingWith([sighting.cleanGeneration === '20261122-1' ? finding : detected()])).seen
    expect(seen).toMatchObject({ isLate: false, containers: 1, cleanGeneration: '' })
  })

  test('of an engine without signatures is not late', async () => {
    await reportSightings(aPlace(at(5)))
    expect((await findingWith([{ ...detected(), engine: 'drift' }])).seen).toMatchObject({ isLate: false, cleanGeneration: '20261120-1' })
  })

  test('of a content without sightings or hash has no history', async () => {
    expect((await findingWith([detected()])).seen).toBeNull()
    expect((await findingWith([aFinding({ sha256: new Uint8Array() })])).seen).toBeNull()
  })
})

describe('a dry run', () => {
  const dryRun = <Body = HashDryRunResult>(hashes: readonly string[], as: object = { session }) =>
    request<Body>(api, 'POST', '/api/signatures/dry-run', { json: { hashes }, ...as })

  test('returns matching hashes with count and first time, and changes nothing', async () => {
    await reportSightings(aPlace(at(9)), aPlace({ ...at(4), containerId: 'b' }), aSighting({ ...at(20), md5: MD5 }))
    const { status, body } = await dryRun([HEX, 'a'.repeat(64), 'b'.repeat(32), MD5_HEX])
    const matches = [
      { hash: MD5_HEX, sightings: 1, firstSeenAt: iso(20) },
      { hash: HEX, sightings: 2, firstSeenAt: iso(9) },
    ]
    expect([status, body]).toEqual([200, { matches }])
    expect(await api.query('SELECT FROM hunted_md5s')).toEqual([])
    expect(await api.query('SELECT FROM hunted_hashes')).toEqual([])
  })

  test('accepts the maximum number of hashes', async () => {
    const hashes = Array.from({ length: 50_000 }, (_, index) => index.toString(16).padStart(64, '0'))
    expect((await dryRun(hashes)).body).toEqual({ matches: [] })
  })

  test.each([
    { name: 'no hashes', hashes: [] },
    { name: 'an invalid hash', hashes: ['x'] },
    { name: 'too many hashes', hashes: Array.from({ length: 50_001 }, () => HEX) },
  ])('rejects $name', async ({ hashes }) => {
    expect(await dryRun<{ code: string }>(hashes)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  })

  test('requires an administrator', async () => {
    expect(await dryRun([HEX], { key: keys.read })).toMatchObject({ status: 403 })
    await api.query(`UPDATE accounts SET role = 'viewer'`)
    expect(await dryRun<{ code: string }>([HEX])).toMatchObject({ status: 403, body: { code: 'ROLE_MISSING' } })
    await api.query(`UPDATE accounts SET role = 'administrator'`)
  })
})
