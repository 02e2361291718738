import { gzipSync } from 'node:zlib'
import { halfSendLogin } from '@guardimesh/testbed/hostile/half-sent-login.js'
import {
  compress,
  fieldsAtLimit,
  GZIP_HEADERS,
  INGEST_REQUESTS,
  mutate,
  unknownFields,
  unknownFieldsBomb,
} from '@guardimesh/testbed/hostile/ingest-bodies.js'
import { SeededRandom } from '@guardimesh/testbed/hostile/seeded-random.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { aResult, batchBody, post } from './messages.js'

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

test('answers mutated messages with 200 or 400 and remains responsive', async () => {
  const random = new SeededRandom('hostile bodies')
  const statuses = new Set<number>()
  const sendAll = async (count: number) => {
    for (let at = 0; at < count; at++) {
      const { path, buildBody } = INGEST_REQUESTS[at % 2 === 0 ? 0 : 1]
      statuses.add((await post(api, path, keys.ingestion, mutate(buildBody(), random))).status)
    }
  }
  const times = await timesDuring(Promise.all(Array.from({ length: 8 }, () => sendAll(MUTATED / 8))))
  process.stdout.write(`mutated messages: p99 of other requests ${p99(times)} ms\n`)
  expect([...statuses].every((status) => status === 200 || status === 400)).toBe(true)
  expect(statuses).toContain(400)
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
}, 300_000)

test('rejects small bodies with millions of unknown fields, and logins that are half-sent, and remains responsive', async () => {
  const bomb = unknownFieldsBomb()
  expect(bomb.length).toBeLessThan(20_000)
  const halves = Array.from({ length: 200 }, () => halfSendLogin(api.url))
  const answers: string[] = []
  const send = async () => {
    const { status, body } = await post(api, RESULTS, keys.ingestion, bomb, GZIP_HEADERS)
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
  const send = (body: Uint8Array) => post(api, RESULTS, keys.ingestion, compress(body), GZIP_HEADERS)
  const tooLarge = { status: 413, body: { code: 'BODY_TOO_LARGE', detail: expect.stringContaining('bytes after decompression') } }
  expect(await send(unknownFields(5_500_000))).toMatchObject(tooLarge)
  expect(await send(unknownFields(3_000_000))).toMatchObject({ status: 400, body: { code: 'RESULT_INVALID' } })
  const path = Buffer.alloc(4000, 'a')
  const coverage = Array.from({ length: 1000 }, (_, at) => ({ reason: 1, count: 1, path: Buffer.concat([path, Buffer.from(String(at))]) }))
  expect((await send(batchBody([aResult({ coverage })]))).status).toBe(200)
})

test('rejects bodies that are invalid after as many fields as are decoded, and remains responsive', async () => {
  const body = compress(fieldsAtLimit())
  const answers: { code: string; detail: string }[] = []
  const send = async () => {
    const { code, detail } = (await post(api, RESULTS, keys.ingestion, body, GZIP_HEADERS)).body
    answers.push({ code, detail })
  }
  const times = await timesDuring(Promise.all(Array.from({ length: 8 }, send)))
  process.stdout.write(`fields at the limit: p99 of other requests ${p99(times)} ms, longest ${Math.round(times.at(-1) ?? 0)} ms\n`)
  expect(answers).toEqual(Array(8).fill({ code: 'RESULT_INVALID', detail: expect.stringContaining('results[6].result_id') }))
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
})

test('rejects a gzip body that is larger than its trailer states', async () => {
  const bomb = Buffer.from(gzipSync(Buffer.alloc(8_000_000)))
  bomb.writeUInt32LE(100, bomb.length - 4)
  const answer = await post(api, RESULTS, keys.ingestion, bomb, GZIP_HEADERS)
  expect(answer).toMatchObject({ status: 400, body: { code: 'COMPRESSION_INVALID' } })
  expect(answer.body.detail).toContain('larger than its trailer states')
})
