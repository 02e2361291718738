import { createHash } from 'node:crypto'
import type { FindingPage } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aResult, batchBody, post, type ResultDraft } from './messages.js'

const LARGEST = Number.MAX_SAFE_INTEGER
let api: TestApi
let session: TestSession
let key: string

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())

const send = (results: ResultDraft[], gaps: Parameters<typeof batchBody>[1] = []) =>
  post(api, '/api/v1/scan/results', key, batchBody(results, gaps))

test.each([
  '/api/findings?namespace=%00',
  '/api/findings?search=a%00b',
  '/api/pods?search=%00',
  '/api/coverage?pod=%00',
  '/api/scans?cluster=%00',
])('rejects text that PostgreSQL cannot store: GET %s', async (path) => {
  expect(await request(api, 'GET', path, { session })).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID' } })
})

test.each([
  { name: 'NUL', text: 'a\0b' },
  { name: 'an unpaired surrogate', text: 'a\ud800' },
])('rejects it in bodies: $name', async ({ text }) => {
  const label = await request(api, 'POST', '/api/keys/create', { session, json: { label: text, scopes: ['ingestion'] } })
  expect(label).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  const login = await request(api, 'POST', '/login', { json: { email: `${text}@example.org`, password: 'x' } })
  expect(login).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
})

test('rejects protobuf on a JSON route', async () => {
  const answer = await request(api, 'POST', '/login', { key, json: {}, headers: { 'content-type': 'application/x-protobuf' } })
  expect(answer).toMatchObject({ status: 415, body: { code: 'MEDIA_TYPE_UNSUPPORTED' } })
})

describe('times', () => {
  beforeAll(async () => {
    await send([aResult({ namespace: 'moments' })])
  })

  test.each([
    { since: '0', status: 200 },
    { since: '1960-01-01T00:00:00Z', status: 200 },
    { since: '0001-01-01T00:00:00Z', status: 200 },
    { since: '-200000-01-01T00:00:00Z', status: 400 },
  ])('since $since', async ({ since, status }) => {
    const findings = await request<FindingPage>(api, 'GET', `/api/findings?namespace=moments&since=${since}`, { session })
    const scans = await request<FindingPage>(api, 'GET', `/api/scans?namespace=moments&startDate=${since}`, { session })
    expect([findings.status, scans.status]).toEqual([status, status])
    if (status === 200) expect([findings.body.items.length, scans.body.items.length]).toEqual([1, 1])
  })

  test('accepts the last day of the year 9999', async () => {
    const path = '/api/findings?namespace=moments&until=9999-12-31T00:00:00Z'
    expect((await request<FindingPage>(api, 'GET', path, { session })).body.items).toHaveLength(1)
  })
})

describe('cursors', () => {
  test('reject a position with a forged checksum', async () => {
    const text = '{'
    const checksum = createHash('sha256')
      .update(JSON.stringify([['findings', {}], text]))
      .digest()
    const cursor = Buffer.concat([checksum.subarray(0, 9), Buffer.from(text)]).toString('base64url')
    const answer = await request(api, 'GET', `/api/findings?cursor=${cursor}`, { session })
    expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } })
  })

  test('accept the longest cursor that the API returns', async () => {
    const clusterId = '\u0001'.repeat(128)
    await send([aResult({ clusterId, namespace: 'cursors' }), aResult({ clusterId, namespace: 'cursors' })])
    const path = '/api/findings?namespace=cursors&limit=1'
    const first = await request<FindingPage>(api, 'GET', path, { session })
    const second = await request<FindingPage>(api, 'GET', `${path}&cursor=${first.body.nextCursor}`, { session })
    expect(second).toMatchObject({ status: 200, body: { items: [{ clusterId }], nextCursor: null } })
  })
})

test('sums maximum counts without overflow', async () => {
  expect(await request(api, 'GET', '/api/overview', { session })).toMatchObject({ status: 200, body: { resultsLost: 0 } })
  const losses = { clusterId: 'test', nodeName: 'node-1', reason: 'x', cleanResults: LARGEST, findingResults: LARGEST, fromMs: 1, toMs: 2 }
  for (let batch = 0; batch < 6; batch++)
    await send(
      [aResult()],
      Array.from({ length: 100 }, () => ({ ...losses, gapId: uuidV7() })),
    )
  const coverage = (from: number) =>
    Array.from({ length: 1000 }, (_, entry) => ({ reason: 1, path: Buffer.from(`/${from + entry}`), count: LARGEST }))
  await send([aResult({ coverage: coverage(0) }), aResult({ coverage: coverage(1000) })])
  await api.query(`INSERT INTO nodes (cluster_id, node_name) VALUES ('test', 'node-1')`)
  expect(await request(api, 'GET', '/api/overview', { session })).toMatchObject({ status: 200, body: { resultsLost: LARGEST } })
  expect(await request(api, 'GET', '/api/nodes', { session })).toMatchObject({ status: 200, body: { items: [{ resultsLost: LARGEST }] } })
  const totals = [{ reason: 'too_large', entries: 2000, files: LARGEST }]
  expect(await request(api, 'GET', '/api/coverage', { session })).toMatchObject({ status: 200, body: { totals } })
})
