import { rm } from 'node:fs/promises'
import { sleep } from '@guardimesh/kit'
import { type RunningPostgres, startPostgres } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, type ResultDraft, uuidText } from './messages.js'

const RESULTS = '/api/v1/scan/results'
let folder: string
let postgres: RunningPostgres
let api: TestApi
let key: string

beforeAll(async () => {
  folder = await temporaryFolder('ingest-loss')
  // Durable: acknowledged results must survive the kill.
  postgres = await startPostgres({ folder })
  api = await startTestApi({ postgres })
  key = await api.createKey('ingestion')
})
afterAll(async () => {
  await api.close()
  await postgres.stop()
  await rm(folder, { recursive: true })
})

/** Kills the server like a crash, and restarts it with the same data and port. */
async function crashAndRestart(pauseMs: number): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL')
  await sleep(pauseMs)
  postgres = await startPostgres({ folder, port: postgres.port })
}

interface Sent {
  readonly statuses: Map<number, number>
  readonly results: ResultDraft[]
}

/** Sends batches one after another and retries each until it is acknowledged, as a node does. */
async function sendAll(batches: readonly ResultDraft[][]): Promise<Sent> {
  const statuses = new Map<number, number>()
  for (const batch of batches) {
    for (;;) {
      const answer = await post(api, RESULTS, key, batchBody(batch))
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 200) break
      expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } })
      expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
      await sleep(50)
    }
  }
  return { statuses, results: batches.flat() }
}

test('stores everything once if PostgreSQL is killed while nodes send', async () => {
  const senders = Array.from({ length: 4 }, () =>
    Array.from({ length: 60 }, () => Array.from({ length: 20 }, () => aResult({ findings: [aFinding(), aFinding()] }))),
  )
  const sending = senders.map(sendAll)
  await sleep(300)
  await crashAndRestart(500)
  await sleep(300)
  await crashAndRestart(0)
  const sent = await Promise.all(sending)
  const refused = sent.reduce((sum, { statuses }) => sum + (statuses.get(503) ?? 0), 0)
  expect(refused, 'the kills must have been felt').toBeGreaterThan(0)
  const results = sent.flatMap((one) => one.results)
  const stored = await api.query<{ result_id: string }>('SELECT result_id FROM scan_results')
  expect(stored.map((row) => row.result_id).sort()).toEqual(results.map((result) => uuidText(result.resultId)).sort())
  const [findings] = await api.query<{ stored: number; distinct: number }>(
    'SELECT count(*) AS stored, count(DISTINCT finding_id) AS distinct FROM findings',
  )
  expect(findings).toEqual({ stored: results.length * 2, distinct: results.length * 2 })
})

test('acknowledges only durable rows, which survive a kill', async () => {
  const result = aResult()
  await vi.waitFor(async () => expect((await post(api, RESULTS, key, batchBody([result]))).status).toBe(200))
  await crashAndRestart(0)
  await vi.waitFor(async () => {
    const rows = await api.query('SELECT 1 FROM scan_results WHERE result_id = $1', [uuidText(result.resultId)])
    expect(rows).toHaveLength(1)
  })
})

test('responds with 503 within seconds while the database is unavailable, without a backlog', async () => {
  process.kill(postgres.pid, 'SIGKILL')
  await sleep(200)
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(api, RESULTS, key, batchBody([aResult()]))))
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['DATABASE_UNAVAILABLE']))
  expect(await api.metric('guardimesh_ingest_queued_rows')).toBe(0)
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
  postgres = await startPostgres({ folder, port: postgres.port })
  await vi.waitFor(async () => expect((await post(api, RESULTS, key, batchBody([aResult()]))).status).toBe(200), { timeout: 15_000 })
})
