import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  type Draft,
  messages,
  type NodeSignaturesList,
  PROBLEM_MEDIA_TYPE,
  type Problem,
  type RollOut,
  type SignatureStaleness,
  type SignaturesView,
} from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SignatureServerAddress } from '../src/config/signature-server-config.js'
import { createApi } from '../src/create-app.js'
import { captureLog } from './captured-log.js'
import { request } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { post } from './messages.js'
import { aStatus, hoursAgo, NEW } from './signature-status.js'

const STATUS = aStatus()

let right: TestAuthority
let wrong: TestAuthority
let api: TestApi
let key: string
let server: Server
let answer: RequestListener
let asked = 0

beforeAll(async () => {
  ;[right, wrong] = await Promise.all([createAuthority('right'), createAuthority('wrong')])
  const files = await right.issue('DNS:localhost')
  server = createServer({ cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }, (req, res) => {
    asked++
    answer(req, res)
  })
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  api = await startTestApi()
  key = await api.createKey('console:read', 'ingestion')
})
afterAll(async () => {
  await api.close()
  server.closeAllConnections()
  server.close()
  await Promise.all([right, wrong].map(({ folder }) => rm(folder, { recursive: true })))
})
beforeEach(() => {
  asked = 0
  answer = (req, res) => res.writeHead(req.url === '/v1/status' ? 200 : 404).end(JSON.stringify(STATUS))
})

const serverUrl = () => new URL(`https://localhost:${(server.address() as AddressInfo).port}`)
const address = (): SignatureServerAddress => ({ url: serverUrl(), caFile: right.caFile, managementKeyFile: undefined })

/** Starts an API with this signature server and the shared database. */
async function withApi<Result>(
  signatureServer: SignatureServerAddress | undefined,
  work: (replica: Pick<TestApi, 'url'>) => Promise<Result>,
): Promise<Result> {
  const replica = await createApi({ ...api.config, signatureServer }, captureLog().log)
  try {
    return await work({ url: await replica.listen('127.0.0.1', 0) })
  } finally {
    await replica.close()
  }
}

function read(signatureServer: SignatureServerAddress | undefined, times = 1): Promise<SignaturesView> {
  return withApi(signatureServer, async (replica) => {
    const answers = await Promise.all(
      Array.from({ length: times }, () => request<SignaturesView>(replica, 'GET', '/api/signatures', { key })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    return (answers[0] as { body: SignaturesView }).body
  })
}

async function report(node: Draft<'NodeStatus'>): Promise<void> {
  const body = messages.PodLogBatch.encode({ node: { clusterId: 'test', observedAtMs: Date.now(), ...node } }).finish()
  expect((await post(api, '/api/v1/pods/logs', key, body)).status).toBe(200)
}

test('returns the status, fetched once for concurrent requests, and nodes per generation', async () => {
  for (const [nodeName, signatureGeneration] of [
    ['a', '20261121-1'],
    ['b', '20261121-1'],
    ['c', '20261120-1'],
    ['d', ''],
    ['gone', '20261101-1'],
  ] as const)
    await report({ nodeName, signatureGeneration })
  await api.query(`UPDATE nodes SET last_seen_at = now() - interval '1 hour' WHERE node_name = 'gone'`)
  expect(await read(address(), 5)).toEqual({
    state: 'reachable',
    problem: '',
    server: STATUS,
    nodes: [
      { generation: '20261121-1', nodes: 2 },
      { generation: '20261120-1', nodes: 1 },
      { generation: '', nodes: 1 },
    ],
    freshness: { state: 'fresh', newestBuiltAt: NEW },
    staleness: { warnHours: 72, criticalHours: 168 },
    canChange: false,
  })
  expect(asked).toBe(1)
})

test('returns the loaded generation, its age and the canary state of each node', async () => {
  const loadedAtMs = Date.now() - 5000
  await report({
    nodeName: 'a',
    signatureGeneration: '20261121-1',
    engineVersion: 'ClamAV 1.4.3',
    signatureCount: 7,
    signaturesLoadedAtMs: loadedAtMs,
    signaturesLoadMs: 1234,
    signaturesMemoryBytes: 2 ** 30,
    signaturesPulledBytes: 4096,
  })
  await report({
    nodeName: 'c',
    signatureGeneration: '20261120-1',
    signaturesRefusedGeneration: '20261121-1',
    signaturesRefusal: 'the test load failed',
  })
  const rollOut: RollOut = { generation: '20261122-1', state: 'canary', nodes: ['c'], startedAt: hoursAgo(1), reason: '' }
  answer = (_, res) => res.end(JSON.stringify(aStatus({ rollOut })))
  const { body } = await withApi(address(), (replica) => request<NodeSignaturesList>(replica, 'GET', '/api/signatures/nodes', { key }))
  const [a, b, c, d] = body.items
  expect(a).toEqual({
    clusterId: 'test',
    nodeName: 'a',
    state: 'reporting',
    generation: '20261121-1',
    engineVersion: 'ClamAV 1.4.3',
    signatureCount: 7,
    loadedAt: new Date(loadedAtMs).toISOString(),
    loadMs: 1234,
    memoryBytes: 2 ** 30,
    pulledBytes: 4096,
    refusedGeneration: '',
    refusal: '',
    isCanary: false,
    freshness: { state: 'fresh', newestBuiltAt: NEW },
  })
  expect(b).toMatchObject({ loadedAt: null, loadMs: 0, memoryBytes: 0, pulledBytes: 0 })
  expect(c).toMatchObject({
    isCanary: true,
    refusedGeneration: '20261121-1',
    refusal: 'the test load failed',
    freshness: { state: 'old' },
  })
  expect(d).toMatchObject({ generation: '', freshness: { state: 'unknown', newestBuiltAt: null } })
  expect(body.items.find(({ nodeName }) => nodeName === 'gone')).toMatchObject({ state: 'silent', freshness: { state: 'unknown' } })
})

test('replaces the staleness thresholds and records the change in the audit log', async () => {
  const session = await api.login()
  await withApi(address(), async (replica) => {
    const put = (json: object) => request<SignatureStaleness>(replica, 'PUT', '/api/signatures/staleness', { session, json })
    expect(await put({ warnHours: 5, criticalHours: 4 })).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID', detail: expect.stringContaining('criticalHours') },
    })
    const wanted = { warnHours: 1, criticalHours: 2 }
    expect(await put(wanted)).toMatchObject({ status: 200, body: wanted })
    const { body } = await request<SignaturesView>(replica, 'GET', '/api/signatures', { key })
    expect(body).toMatchObject({ staleness: wanted, freshness: { state: 'old' } })
  })
  expect(await api.query(`SELECT actor_name, details FROM audit_log WHERE action = 'signatures.staleness'`)).toEqual([
    {
      actor_name: 'admin@example.org',
      details: { before: { warnHours: 72, criticalHours: 168 }, after: { warnHours: 1, criticalHours: 2 } },
    },
  ])
  await api.query('DELETE FROM signature_staleness')
})

test('lists alerts, open ones first', async () => {
  await api.query(
    `INSERT INTO signature_alerts (kind, subject, message, facts, raised_at, cleared_at)
     VALUES ('stale-warning', 'g1', 'old', '{"hours": 72}', now() - interval '3 hours', now() - interval '1 hour'),
            ('import-refused', 'i1', 'refused', '{"files": ["a"]}', now(), NULL),
            ('roll-out-held', 'g2', 'held', '{}', now() - interval '4 hours', now() - interval '2 hours')`,
  )
  const { body } = await request<{ items: object[] }>(api, 'GET', '/api/signatures/alerts', { key })
  expect(body.items).toMatchObject([
    { kind: 'import-refused', subject: 'i1', message: 'refused', facts: { files: ['a'] }, clearedAt: null },
    { kind: 'stale-warning', facts: { hours: 72 }, clearedAt: expect.any(String) },
    { kind: 'roll-out-held' },
  ])
})

test('exposes metrics of age, nodes and held rollouts', async () => {
  const rollOut: RollOut = { generation: '20261122-1', state: 'held', nodes: ['c'], startedAt: hoursAgo(1), reason: 'x' }
  answer = (_, res) => res.end(JSON.stringify(aStatus({ rollOut })))
  const text = await withApi(address(), async ({ url }) => (await fetch(`${url}/metrics`)).text())
  const lines = text.split('\n').filter((line) => line.startsWith('guardimesh_signatures_'))
  const builtAt = Date.parse(NEW) / 1000
  const value = (series: string) => Number(lines.find((line) => line.startsWith(`${series} `))?.slice(series.length + 1))
  expect(value('guardimesh_signatures_newest_built_timestamp_seconds{scope="active"}')).toBeCloseTo(builtAt, 0)
  expect(value('guardimesh_signatures_stale_timestamp_seconds{level="warning"}')).toBeCloseTo(builtAt + 72 * 3600, 0)
  expect(value('guardimesh_signatures_stale_timestamp_seconds{level="critical"}')).toBeCloseTo(builtAt + 168 * 3600, 0)
  expect(value('guardimesh_signatures_node_newest_built_timestamp_seconds{cluster="test",node="b"}')).toBeCloseTo(builtAt, 0)
  expect(lines).toEqual(
    expect.arrayContaining([
      'guardimesh_signatures_freshness{state="fresh"} 1',
      'guardimesh_signatures_freshness{state="critical"} 0',
      'guardimesh_signatures_roll_out_held 1',
      'guardimesh_signatures_server_up 1',
      'guardimesh_signatures_node_generation_info{cluster="test",node="c",generation="20261120-1"} 1',
    ]),
  )
  expect(text).not.toContain('node="gone"')
})

test('reports a missing signature server', async () => {
  expect(await read(undefined)).toMatchObject({ state: 'absent', problem: '', server: null, canChange: false })
})

test.each<{ name: string; answer?: RequestListener; caFile?: () => string; url?: () => URL; problem: RegExp }>([
  { name: 'the port is closed', url: () => new URL('https://localhost:1'), problem: /is unreachable: .*ECONNREFUSED/ },
  { name: 'its certificate has another authority', caFile: () => wrong.caFile, problem: /is unreachable: .*(self-signed|unable to)/ },
  {
    name: 'its certificate is for another host',
    url: () => new URL(serverUrl().href.replace('localhost', '127.0.0.1')),
    problem: /is unreachable: .*altnames/,
  },
  { name: 'it fails', answer: (_, res) => res.writeHead(500).end(), problem: /responded with status 500/ },
  {
    name: 'its response is invalid',
    answer: (_, res) => res.end('{"activeGeneration": 1}'),
    problem: /response of the signature server is invalid.*activeGeneration/s,
  },
  { name: 'its response is not JSON', answer: (_, res) => res.end('<html>'), problem: /response of the signature server is invalid/ },
  { name: 'its response never ends', answer: (_, res) => res.write('{'), problem: /timed out after 3000 ms/ },
])('reports why the server is unreachable: $name', async ({ answer: other, caFile = () => right.caFile, url = serverUrl, problem }) => {
  if (other) answer = other
  const view = await read({ url: url(), caFile: caFile(), managementKeyFile: undefined })
  expect(view).toMatchObject({ state: 'unreachable', server: null, freshness: { state: 'unknown' } })
  expect(view.problem).toMatch(problem)
  expect(view.nodes.length).toBeGreaterThan(0)
})

test('forwards the error of a full import queue', async () => {
  const managementKeyFile = join(right.folder, 'management-key')
  await writeFile(managementKeyFile, 'key\n')
  const problem = { type: 'about:blank', title: 'IMPORT_QUEUE_FULL', status: 429, code: 'IMPORT_QUEUE_FULL', detail: 'The queue is full.' }
  answer = (_, res) => res.writeHead(429, { 'content-type': PROBLEM_MEDIA_TYPE }).end(JSON.stringify({ ...problem, requestId: '' }))
  const session = await api.login()
  await withApi({ ...address(), managementKeyFile }, async (replica) => {
    const { status, body } = await request<Problem>(replica, 'PUT', '/api/signatures/custom', { session, json: { revision: 0 } })
    expect({ status, code: body.code, detail: body.detail }).toEqual({ status: 429, code: problem.code, detail: problem.detail })
  })
})
