import { type ApiKeyList, type CreatedApiKey, messages, type NodeList } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { captureLog } from './captured-log.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aResult, batchBody, post } from './messages.js'

const RESULTS = '/api/v1/scan/results'
let api: TestApi
let key: string

beforeAll(async () => {
  api = await startTestApi({ config: { limits: { nodes: 2, ingestResultsPerSecond: 50, apiKeys: 3 } } })
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())

const send = (nodeName: string, url = api.url) => post({ url }, RESULTS, key, batchBody([aResult({ nodeName, findings: [] })]))
const stored = () => api.query('SELECT node_name FROM scan_results GROUP BY node_name ORDER BY node_name')

test('rejects results of a node beyond the limit in every process, and lists the node', async () => {
  expect([(await send('a')).status, (await send('b')).status]).toEqual([200, 200])
  const refused = await send('c')
  expect(refused).toMatchObject({ status: 403, body: { code: 'NODE_LIMIT_REACHED' } })
  expect(refused.body.detail).toContain('the limit of 2 nodes is reached, results of c are rejected')
  const mixed = await post(api, RESULTS, key, batchBody([aResult({ nodeName: 'a' }), aResult({ nodeName: 'c' })]))
  expect(mixed).toMatchObject({ status: 403, body: { code: 'NODE_LIMIT_REACHED' } })
  const replica = await createApi(api.config, captureLog().log)
  try {
    const url = await replica.listen('127.0.0.1', 0)
    expect([(await send('c', url)).status, (await send('a', url)).status]).toEqual([403, 200])
  } finally {
    await replica.close()
  }
  // Its inventory is stored, so that users see unprotected nodes.
  const inventory = messages.PodLogBatch.encode({ node: { clusterId: 'test', nodeName: 'c', observedAtMs: Date.now() } }).finish()
  expect(await post(api, '/api/v1/pods/logs', key, inventory)).toMatchObject({ status: 200 })
  expect(await api.query('SELECT node_name FROM nodes ORDER BY node_name')).toEqual(['a', 'b', 'c'].map((name) => ({ node_name: name })))
  expect(await stored()).toEqual([{ node_name: 'a' }, { node_name: 'b' }])
})

test('lists twice as many nodes in pages, and rejects reports of further invented ones', async () => {
  const inventory = (nodeName: string) =>
    post(
      api,
      '/api/v1/pods/logs',
      key,
      messages.PodLogBatch.encode({ node: { clusterId: 'test', nodeName, observedAtMs: Date.now() } }).finish(),
    )
  expect((await inventory('d')).status).toBe(200)
  for (const answer of [await inventory('e'), await send('f')]) {
    expect(answer).toMatchObject({ status: 403, body: { code: 'NODE_LIMIT_REACHED' } })
    expect(answer.body.detail).toMatch(/4 nodes are known, reports of the new node [ef] are rejected/)
  }
  expect((await inventory('a')).status).toBe(200)
  const read = await api.createKey('console:read')
  const page = async (query: string) => (await request<NodeList>(api, 'GET', `/api/nodes?limit=3${query}`, { key: read })).body
  const first = await page('')
  const second = await page(`&cursor=${first.nextCursor}`)
  expect([first, second].map(({ items }) => items.map(({ nodeName }) => nodeName))).toEqual([['a', 'b', 'c'], ['d']])
  expect(second.nextCursor).toBeNull()
  expect((await page('&search=B')).items.map(({ nodeName }) => nodeName)).toEqual(['b'])
  expect((await page('&cluster=other')).items).toEqual([])
  await api.query(`DELETE FROM nodes WHERE node_name = 'd'`)
  await api.query(`DELETE FROM api_keys WHERE scopes = ARRAY['console:read']`)
})

test('frees the place of a node that was silent for a day', async () => {
  await api.query(`UPDATE nodes SET last_seen_at = now() - interval '25 hours' WHERE node_name = 'b'`)
  // Decisions are cached for ten seconds.
  await waitFor(async () => (await send('c')).status === 200, 15_000)
  expect((await send('a')).status).toBe(200)
})

test('rejects results beyond the rate limit with a retry time, and accepts them later', async () => {
  const batch = batchBody(Array.from({ length: 110 }, () => aResult({ nodeName: 'a', findings: [] })))
  await waitFor(async () => (await post(api, RESULTS, key, batch)).status === 200)
  const refused = await send('a')
  expect(refused).toMatchObject({ status: 429, body: { code: 'INGEST_RATE_LIMITED' } })
  expect(['1', '2']).toContain(refused.retryAfter)
  expect(await api.metric('guardimesh_ingest_refused_total{code="INGEST_RATE_LIMITED"}')).toBeGreaterThan(0)
  await waitFor(async () => (await send('a')).status === 200)
})

test('limits active API keys, including concurrent requests', async () => {
  const session = await api.login()
  const create = () => request<CreatedApiKey>(api, 'POST', '/api/keys/create', { session, json: { label: 'x', scopes: ['ingestion'] } })
  const answers = await Promise.all([1, 2, 3, 4].map(create))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 201, 409, 409])
  const refused = answers.find((answer) => answer.status === 409)
  expect(refused?.body).toMatchObject({ code: 'API_KEY_LIMIT_REACHED', detail: expect.stringContaining('3 active API keys') })
  const list = await request<ApiKeyList>(api, 'GET', '/api/keys', { session })
  const made = list.body.items.find((item) => item.label === 'x')
  expect((await request(api, 'DELETE', `/api/keys/${made?.apiKeyId}`, { session })).status).toBe(204)
  expect((await create()).status).toBe(201)
})
