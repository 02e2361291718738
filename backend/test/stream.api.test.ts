import { connect, type Socket } from 'node:net'
import type { FindingSummary, IncidentSummary } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STREAM_CLIENTS_MAX, STREAMS_PER_ACTOR } from '../src/platform/events/event-hub.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, type ResultDraft, uuidText } from './messages.js'

let api: TestApi
let keys: { ingestion: string; read: string }

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
})
afterAll(() => api.close())

const send = (...results: ResultDraft[]) => post(api, '/api/v1/scan/results', keys.ingestion, batchBody(results))
const CLIENTS = 'guardimesh_stream_clients'

interface OpenStream {
  readonly findings: FindingSummary[]
  readonly incidents: IncidentSummary[]
  readonly receivedAtMs: number[]
  /** Names of the events, in order. */
  readonly events: string[]
  isEnded(): boolean
  close(): Promise<void>
}

/** Reads a stream as a browser's EventSource does. */
async function open(query = '', headers: Record<string, string> = {}): Promise<OpenStream> {
  const stop = new AbortController()
  const response = await fetch(`${api.url}/api/findings/stream?${query}`, {
    headers: { authorization: `Bearer ${keys.read}`, ...headers },
    signal: stop.signal,
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  // A compressor would delay the events; `fetch` accepts gzip.
  expect(response.headers.get('content-encoding')).toBeNull()
  const stream = {
    findings: [] as FindingSummary[],
    incidents: [] as IncidentSummary[],
    receivedAtMs: [] as number[],
    events: [] as string[],
  }
  let isEnded = false
  const reading = readEvents(response, stream)
    .catch(() => undefined)
    .finally(() => {
      isEnded = true
    })
  return {
    ...stream,
    isEnded: () => isEnded,
    close: async () => {
      stop.abort()
      await reading
    },
  }
}

/** Opens a stream without reading it. */
async function stall(): Promise<Socket> {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname).pause()
  socket.on('error', () => undefined)
  const before = await api.metric(CLIENTS)
  socket.write(`GET /api/findings/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${keys.read}\r\n\r\n`)
  await waitFor(async () => (await api.metric(CLIENTS)) > before || undefined)
  return socket
}

async function readEvents(
  response: Response,
  stream: Pick<OpenStream, 'findings' | 'incidents' | 'receivedAtMs' | 'events'>,
): Promise<void> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1]
      if (name) stream.events.push(name)
      if (name === 'incident') stream.incidents.push(dataOf(block) as IncidentSummary)
      if (name !== 'finding') continue
      stream.findings.push(dataOf(block) as FindingSummary)
      stream.receivedAtMs.push(Date.now())
    }
  }
}

function dataOf(block: string): unknown {
  return JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '')
}

test('sends an event after a change of signatures', async () => {
  const stream = await open('namespace=nothing')
  const session = await api.login()
  const json = { warnHours: 1, criticalHours: 2 }
  expect((await request(api, 'PUT', '/api/signatures/staleness', { session, json })).status).toBe(200)
  await waitFor(() => stream.events.includes('signatures') || undefined)
  await stream.close()
})

test('sends a new finding at once to clients with matching filters', async () => {
  const [everything, bank, critical] = [await open(), await open('namespace=bank'), await open('severity=critical&search=SRV')]
  const sentAtMs = Date.now()
  await send(aResult({ namespace: 'bank' }), aResult({ findings: [aFinding({ severity: 5 })] }), aResult({ findings: [] }))
  await waitFor(() => (everything.findings.length === 2 && bank.findings.length === 1 && critical.findings.length === 1) || undefined)
  expect(Math.max(...everything.receivedAtMs) - sentAtMs).toBeLessThan(3000)
  const { body } = await request<{ items: FindingSummary[] }>(api, 'GET', '/api/findings', { key: keys.read })
  expect(everything.findings.toReversed()).toEqual(body.items)
  expect(bank.findings[0]?.namespace).toBe('bank')
  expect(critical.findings[0]?.severity).toBe('critical')
  await Promise.all([everything, bank, critical].map((stream) => stream.close()))
  await waitFor(async () => (await api.metric(CLIENTS)) === 0 || undefined)
})

test('sends incidents that count up in an outbreak, also to clients with filters of findings', async () => {
  const stream = await open('events=incident&namespace=nothing')
  const sha256 = Buffer.alloc(32, 9)
  for (let batch = 0; batch < 10; batch++)
    await send(...Array.from({ length: 20 }, (_, at) => aResult({ podName: `pod-${batch}-${at}`, findings: [aFinding({ sha256 })] })))
  await waitFor(() => stream.incidents.at(-1)?.findings === 200 || undefined)
  expect(new Set(stream.incidents.map(({ incidentId }) => incidentId)).size).toBe(1)
  expect(stream.incidents.at(-1)).toMatchObject({ workloads: 200, nodes: 1, status: 'new' })
  const counts = stream.incidents.map(({ findings }) => findings)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  await stream.close()
})

test('does not send repeated findings', async () => {
  const result = aResult()
  const before = await open()
  await send(result)
  await waitFor(() => before.findings.length > 0 || undefined)
  await before.close()
  const stream = await open()
  await send(result)
  await send(aResult({ findings: [aFinding({ signatureName: 'Second' })] }))
  await waitFor(() => stream.findings.length > 0 || undefined)
  expect(stream.findings.map(({ signatureName }) => signatureName)).toEqual(['Second'])
  await stream.close()
})

test('sends a resync instead of too many findings', async () => {
  const stream = await open()
  await send(...Array.from({ length: 400 }, () => aResult({ findings: Array.from({ length: 5 }, () => aFinding()) })))
  await waitFor(() => stream.events.includes('resync') || undefined)
  await send(aResult({ findings: [aFinding({ signatureName: 'Afterwards' })] }))
  await waitFor(() => stream.findings.some(({ signatureName }) => signatureName === 'Afterwards') || undefined)
  await stream.close()
})

test('sends a resync to a client that reconnects', async () => {
  const stream = await open('', { 'last-event-id': 'start' })
  await waitFor(() => stream.events[0] === 'resync' || undefined)
  await stream.close()
})

test('reconnects to the database and resynchronizes all clients', async () => {
  const stream = await open()
  const cut = await api.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'guardimesh listener' AND datname = current_database()`,
  )
  expect(cut).toHaveLength(1)
  await waitFor(() => stream.events.includes('resync') || undefined)
  const finding = aFinding()
  await send(aResult({ findings: [finding] }))
  await waitFor(() => stream.findings.some(({ findingId }) => findingId === uuidText(finding.findingId)) || undefined)
  await stream.close()
})

test('ends streams of a revoked key, including those of clients that do not read', async () => {
  const [reader, stalled] = [await open(), await stall()]
  // Paths of 4 KiB, escaped to 16 KiB, exceed the buffers of both ends.
  const findings = () => Array.from({ length: 150 }, () => aFinding({ path: Buffer.alloc(4096, 1) }))
  for (let batch = 0; batch < 6; batch++) {
    const seen = reader.findings.length
    await send(aResult({ findings: findings() }))
    await waitFor(() => reader.findings.length > seen || reader.events.includes('resync') || undefined)
  }
  const [row] = await api.query<{ id: string }>('SELECT api_key_id AS id FROM api_keys WHERE prefix = $1', [keys.read.slice(0, 12)])
  expect(await api.metric(CLIENTS)).toBe(2)
  const { status } = await request(api, 'DELETE', `/api/keys/${row?.id}`, { session: await api.login() })
  expect(status).toBe(204)
  await waitFor(() => reader.isEnded() || undefined, 3000)
  await waitFor(async () => (await api.metric(CLIENTS)) === 0 || undefined, 3000)
  stalled.destroy()
  await reader.close()
  keys.read = await api.createKey('console:read')
})

test('sends only the selected events', async () => {
  const [selected, all] = [await open('events=signatures'), await open()]
  await send(aResult())
  await waitFor(() => all.events.includes('finding') || undefined)
  const json = { warnHours: 2, criticalHours: 3 }
  await request(api, 'PUT', '/api/signatures/staleness', { session: await api.login(), json })
  await waitFor(() => selected.events.length > 0 || undefined)
  expect(selected.events).toEqual(['signatures'])
  await Promise.all([selected.close(), all.close()])
})

test('validates filters', async () => {
  const answer = await request(api, 'GET', '/api/findings/stream?source=none', { key: keys.read })
  expect(answer).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID' } })
})

test('limits the streams of one client', async () => {
  const key = await api.createKey('console:read')
  const streams = await Promise.all(Array.from({ length: STREAMS_PER_ACTOR }, () => open('', { authorization: `Bearer ${key}` })))
  const answer = await request(api, 'GET', '/api/findings/stream', { key })
  expect(answer).toMatchObject({ status: 503, body: { code: 'STREAM_LIMIT_REACHED' } })
  expect(answer.body.detail).toContain(`${STREAMS_PER_ACTOR} streams of one client`)
  await (await open()).close()
  await Promise.all(streams.map((stream) => stream.close()))
})

test('limits the number of streams', async () => {
  const clients = await Promise.all(Array.from({ length: STREAM_CLIENTS_MAX / STREAMS_PER_ACTOR }, () => api.createKey('console:read')))
  const openAs = (key: string) => open('', { authorization: `Bearer ${key}` })
  const streams = await Promise.all(clients.flatMap((key) => Array.from({ length: STREAMS_PER_ACTOR }, () => openAs(key))))
  const answer = await request(api, 'GET', '/api/findings/stream', { key: keys.read })
  expect(answer).toMatchObject({ status: 503, body: { code: 'STREAM_LIMIT_REACHED' } })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  await streams.pop()?.close()
  await waitFor(async () => (await api.metric(CLIENTS)) === STREAM_CLIENTS_MAX - 1 || undefined)
  const another = await open()
  expect(streams.some((stream) => stream.isEnded())).toBe(false)
  await Promise.all([...streams, another].map((stream) => stream.close()))
})
