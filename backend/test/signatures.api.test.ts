import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { messages, type SignatureServerStatus, type SignaturesView } from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { captureLog } from './captured-log.js'
import { request } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { post } from './messages.js'

const STATUS: SignatureServerStatus = {
  liveGeneration: '20261121-1',
  generations: [{ generation: '20261121-1', publishedAt: '2026-11-21T10:00:00Z', isLive: true, databases: [] }],
  imports: [],
}

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

/** Asks an API whose signature server is at this address, several times. */
async function read(signatureServer: { url: URL; caFile: string } | undefined, times = 1): Promise<SignaturesView> {
  const replica = await createApi({ ...api.config, signatureServer }, captureLog().log)
  try {
    const url = await replica.listen('127.0.0.1', 0)
    const answers = await Promise.all(
      Array.from({ length: times }, () => request<SignaturesView>({ url }, 'GET', '/api/signatures', { key })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    return (answers[0] as { body: SignaturesView }).body
  } finally {
    await replica.close()
  }
}

test('what the server offers, asked for once for many readers, and how many nodes have what', async () => {
  const report = (nodeName: string, signatureGeneration: string) => {
    const node = { clusterId: 'test', nodeName, observedAtMs: Date.now(), signatureGeneration }
    return post(api, '/api/v1/pods/logs', key, messages.PodLogBatch.encode({ node }).finish())
  }
  for (const [node, generation] of [
    ['a', '20261121-1'],
    ['b', '20261121-1'],
    ['c', '20261120-1'],
    ['d', ''],
    ['gone', '20261101-1'],
  ] as const)
    expect((await report(node, generation)).status).toBe(200)
  await api.query(`UPDATE nodes SET last_seen_at = now() - interval '1 hour' WHERE node_name = 'gone'`)
  expect(await read({ url: serverUrl(), caFile: right.caFile }, 5)).toEqual({
    state: 'reachable',
    problem: '',
    server: STATUS,
    nodes: [
      { generation: '20261121-1', nodes: 2 },
      { generation: '20261120-1', nodes: 1 },
      { generation: '', nodes: 1 },
    ],
  })
  expect(asked).toBe(1)
})

test('an installation without a signature server says so', async () => {
  expect(await read(undefined)).toMatchObject({ state: 'absent', problem: '', server: null })
})

test.each<{ name: string; answer?: RequestListener; caFile?: () => string; url?: () => URL; problem: RegExp }>([
  { name: 'nobody listens', url: () => new URL('https://localhost:1'), problem: /cannot be reached: .*ECONNREFUSED/ },
  { name: 'its certificate is of another authority', caFile: () => wrong.caFile, problem: /cannot be reached: .*(self-signed|unable to)/ },
  {
    name: 'its certificate is of another host',
    url: () => new URL(serverUrl().href.replace('localhost', '127.0.0.1')),
    problem: /cannot be reached: .*altnames/,
  },
  { name: 'it fails', answer: (_, res) => res.writeHead(500).end(), problem: /answered with status 500/ },
  { name: 'its answer is something else', answer: (_, res) => res.end('{"liveGeneration": 1}'), problem: /not a status.*liveGeneration/s },
  { name: 'its answer is no JSON', answer: (_, res) => res.end('<html>'), problem: /not a status/ },
  { name: 'it never ends its answer', answer: (_, res) => res.write('{'), problem: /no answer in 3000 ms/ },
])('when $name, that is told', async ({ answer: other, caFile = () => right.caFile, url = serverUrl, problem }) => {
  if (other) answer = other
  const view = await read({ url: url(), caFile: caFile() })
  expect(view).toMatchObject({ state: 'unreachable', server: null })
  expect(view.problem).toMatch(problem)
  expect(view.nodes.length).toBeGreaterThan(0)
})
