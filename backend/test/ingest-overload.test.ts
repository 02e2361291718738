import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { type Answer, aResult, batchBody, post } from './messages.js'

const RESULTS = '/api/v1/scan/results'
/** Half of the queue limit. */
const ROWS_EACH = 25_000
let api: TestApi
let key: string

beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())

/** A small body with many rows. */
function manyRows(seed: number): Uint8Array {
  const perResult = 500
  const coverage = (index: number) =>
    Array.from({ length: perResult }, (_, entry) => ({ reason: 1, path: Buffer.from(`${seed}/${index}/${entry}`), count: 1 }))
  return batchBody(Array.from({ length: ROWS_EACH / perResult }, (_, index) => aResult({ findings: [], coverage: coverage(index) })))
}

/** Blocks all writers until `work` resolves. */
async function whileTablesAreLocked(work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: api.config.databaseUrl })
  await client.connect()
  try {
    await client.query('BEGIN; LOCK TABLE scan_results IN ACCESS EXCLUSIVE MODE')
    await work()
  } finally {
    await client.end()
  }
}

test('rejects requests beyond the queue limit with 429 and Retry-After, and stores accepted ones', async () => {
  // Two requests occupy the writers, two fill the queue.
  const bodies = [batchBody([aResult()]), batchBody([aResult()]), ...[1, 2, 3, 4].map(manyRows)]
  const pending: Promise<Answer>[] = []
  let refused: Answer[] = []
  await whileTablesAreLocked(async () => {
    const answered: Answer[] = []
    for (const body of bodies) {
      const answer = post(api, RESULTS, key, body)
      pending.push(answer)
      void answer.then((arrived) => answered.push(arrived))
    }
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(0), { timeout: 20_000 })
    await vi.waitFor(async () => expect(await api.metric('guardimesh_ingest_queued_rows')).toBeGreaterThan(0))
    expect(await api.metric('guardimesh_ingest_queued_rows')).toBeLessThanOrEqual(50_000)
    refused = [...answered]
  })
  const answers = await Promise.all(pending)
  expect(refused.every(({ status }) => status === 429)).toBe(true)
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 200) continue
    expect(answer).toMatchObject({ status: 429, body: { code: 'INGEST_OVERLOADED' } })
    expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
    expect(await post(api, RESULTS, key, bodies[index] ?? new Uint8Array())).toMatchObject({ status: 200, body: { duplicates: 0 } })
  }
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2)
  const [row] = await api.query<{ results: number }>('SELECT count(*) AS results FROM scan_results')
  expect(row?.results).toBe(2 + (4 * ROWS_EACH) / 500)
  expect(await api.metric('guardimesh_ingest_queued_rows')).toBe(0)
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
})

test('releases the memory of a client that disconnects during its body', async () => {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  const head = `POST ${RESULTS} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer ${key}\r\ncontent-type: application/x-protobuf\r\ncontent-length: 100000\r\n\r\n`
  await new Promise<void>((resolve) => socket.write(`${head}half`, () => resolve()))
  socket.destroy()
  expect(await post(api, RESULTS, key, batchBody([aResult()]))).toMatchObject({ status: 200 })
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
})
