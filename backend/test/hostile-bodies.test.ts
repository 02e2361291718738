import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { messages } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, aSighting, batchBody, post } from './messages.js'

const RESULTS = '/api/v1/scan/results'
/** More with HOSTILE_MESSAGES. */
const MUTATED = Number(process.env.HOSTILE_MESSAGES ?? 2_000)
let api: TestApi
let keys: { ingestion: string; read: string }

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
})
afterAll(() => api.close())

/** Measures a probe and a route with a database query until `work` ends. @returns response times in milliseconds, sorted. */
async function timesDuring(work: Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  let isOver = false
  const measure = async (path: string, headers: Record<string, string>) => {
    while (!isOver) {
      const startedAtMs = performance.now()
      const response = await fetch(`${api.url}${path}`, { headers })
      await response.arrayBuffer()
      expect(response.status).toBe(200)
      times.push(performance.now() - startedAtMs)
    }
  }
  const probes = [measure('/livez', {}), measure('/api/overview', { authorization: `Bearer ${keys.read}` })]
  await work
  isOver = true
  await Promise.all(probes)
  return times.sort((a, b) => a - b)
}

const p99 = (times: readonly number[]) => Math.round(times[Math.floor(times.length * 0.99)] ?? 0)

let drawn = 0

/** Random bytes, the same in every run. */
function seededBytes(count: number): Buffer {
  return createHash('shake128', { outputLength: count }).update(`hostile bodies ${drawn++}`).digest()
}

/** @returns a number from `min` to `end - 1`. */
function seededInt(end: number, min = 0): number {
  return min + (seededBytes(4).readUInt32LE() % (end - min))
}

/** Changes bytes, cuts, repeats or inserts a part. */
function mutate(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body)
  const at = seededInt(bytes.length)
  const kind = seededInt(5)
  if (kind === 0) bytes[at] = seededInt(256)
  if (kind === 1) return bytes.subarray(0, at)
  if (kind === 2) return Buffer.concat([bytes.subarray(0, at), bytes])
  if (kind === 3) return Buffer.concat([bytes.subarray(0, at), seededBytes(seededInt(20, 1)), bytes.subarray(at)])
  for (let changes = 0; changes < 8; changes++) bytes[seededInt(bytes.length)] = seededInt(256)
  return bytes
}

test('answers mutated messages with 200 or 400 and remains responsive', async () => {
  const pod = { clusterId: 'c', nodeName: 'n', podName: 'p', containers: [{ name: 'web' }], observedAtMs: Date.now() }
  const node = { clusterId: 'c', nodeName: 'n', observedAtMs: Date.now() }
  const bodies = [
    { path: RESULTS, body: () => batchBody([aResult({ findings: [aFinding()], coverage: [{ reason: 1, count: 1 }] })], [], [aSighting()]) },
    { path: '/api/v1/pods/logs', body: () => messages.PodLogBatch.encode({ pods: [pod], node, complete: true }).finish() },
  ]
  const statuses = new Set<number>()
  const sendAll = async (count: number) => {
    for (let at = 0; at < count; at++) {
      const { path, body } = bodies[at % bodies.length] as (typeof bodies)[number]
      statuses.add((await post(api, path, keys.ingestion, mutate(body()))).status)
    }
  }
  const times = await timesDuring(Promise.all(Array.from({ length: 8 }, () => sendAll(MUTATED / 8))))
  process.stdout.write(`mutated messages: p99 of other requests ${p99(times)} ms\n`)
  expect([...statuses].every((status) => status === 200 || status === 400)).toBe(true)
  expect(statuses).toContain(400)
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
}, 300_000)

test('rejects small bodies with millions of unknown fields, and logins that are half-sent, and remains responsive', async () => {
  const unknown = Buffer.alloc(3 * 5_500_000, Buffer.of(0xf8, 0x07, 0x01))
  const bomb = gzipSync(Buffer.concat([messages.ClamResult.encode(aResult()).finish(), unknown]), { level: 9 })
  expect(bomb.length).toBeLessThan(20_000)
  const { hostname, port } = new URL(api.url)
  const head = 'POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{"email":'
  const halves = Array.from({ length: 200 }, () => connect(Number(port), hostname).on('error', () => undefined))
  for (const half of halves) half.write(head)
  const answers: string[] = []
  const send = async () => {
    const { status, body } = await post(api, RESULTS, keys.ingestion, bomb, { 'content-encoding': 'gzip' })
    answers.push(`${status} ${body.code}`)
  }
  const times = await timesDuring(Promise.all(Array.from({ length: 30 }, send)))
  for (const half of halves) half.destroy()
  process.stdout.write(`unknown fields: p99 of other requests ${p99(times)} ms, longest ${Math.round(times.at(-1) ?? 0)} ms\n`)
  // Above the memory limit of requests in progress, the others wait.
  expect(new Set(answers)).toContain('413 BODY_TOO_LARGE')
  expect(answers.every((answer) => answer === '413 BODY_TOO_LARGE' || answer === '429 INGEST_OVERLOADED')).toBe(true)
  // Before the fields were counted, the bodies blocked the API for more than 30 s.
  expect(times.at(-1)).toBeLessThan(3_000)
})

test('rejects too much compression, unknown fields below it, but no result with long, equal paths', async () => {
  const gzip = { 'content-encoding': 'gzip' }
  const send = (body: Uint8Array) => post(api, RESULTS, keys.ingestion, gzipSync(body, { level: 9 }), gzip)
  const unknown = Buffer.alloc(3 * 5_500_000, Buffer.of(0xf8, 0x07, 0x01))
  const tooLarge = { status: 413, body: { code: 'BODY_TOO_LARGE', detail: expect.stringContaining('bytes after decompression') } }
  expect(await send(unknown)).toMatchObject(tooLarge)
  expect(await send(unknown.subarray(0, 9_000_000))).toMatchObject({ status: 400, body: { code: 'RESULT_INVALID' } })
  const path = Buffer.alloc(4000, 'a')
  const coverage = Array.from({ length: 1000 }, (_, at) => ({ reason: 1, count: 1, path: Buffer.concat([path, Buffer.from(String(at))]) }))
  expect((await send(batchBody([aResult({ coverage })]))).status).toBe(200)
})

test('rejects a gzip body that is larger than its trailer states', async () => {
  const bomb = Buffer.from(gzipSync(Buffer.alloc(8_000_000)))
  bomb.writeUInt32LE(100, bomb.length - 4)
  const answer = await post(api, RESULTS, keys.ingestion, bomb, { 'content-encoding': 'gzip' })
  expect(answer).toMatchObject({ status: 400, body: { code: 'COMPRESSION_INVALID' } })
  expect(answer.body.detail).toContain('larger than its trailer states')
})
