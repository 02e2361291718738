import { gzipSync } from 'node:zlib'
import { messages } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post, uuidText } from './messages.js'

const RESULTS = '/api/v1/scan/results'
let api: TestApi
let key: string

beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE scan_results, findings, coverage, gaps'))

async function count(table: string): Promise<number> {
  const [row] = await api.query<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)
  return row?.count ?? -1
}

describe('stores', () => {
  test('a single result with all fields', async () => {
    const finding = aFinding({ path: Buffer.from([0x2f, 0xff, 0x5c, 0x0a]) })
    const result = aResult({
      findings: [finding],
      coverage: [{ reason: 1, path: Buffer.from('/big'), count: 1, sizeBytes: 5e9, detail: 'limit\t1' }],
    })
    const answer = await post(api, RESULTS, key, messages.ClamResult.encode(result).finish())
    expect(answer).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 0 } })
    const [row] = await api.query('SELECT * FROM findings')
    expect(row).toMatchObject({
      finding_id: uuidText(finding.findingId),
      result_id: uuidText(result.resultId),
      path: '/\\xff\\\\\\x0a',
      path_bytes: Buffer.from([0x2f, 0xff, 0x5c, 0x0a]),
      severity: 'high',
      scan_source: 'realtime',
      trigger: 'file_event',
      sha256: Buffer.from(finding.sha256 ?? []),
      process: { pid: 4711, parentPid: 1, parentName: 'sh', exe: '/bin/busybox', commandLine: 'sh -c true', uid: 0, startedAt: null },
      pod_name: 'shop-1',
      detected_at: new Date(Number(finding.detectedAtMs)),
    })
    const [scan] = await api.query('SELECT * FROM scan_results')
    expect(scan).toMatchObject({ finding_count: 1, finding_ids: [uuidText(finding.findingId)], files_not_scanned: 1, bytes_scanned: 68 })
    const [entry] = await api.query('SELECT * FROM coverage')
    expect(entry).toMatchObject({ reason: 'too_large', path: '/big', size_bytes: 5e9, detail: 'limit\t1', container_id: 'c0ffee' })
  })

  test('a gzipped batch with gaps, in the partition of its day', async () => {
    const gap = { gapId: uuidV7(), clusterId: 'test', nodeName: 'node-1', reason: 'spool_full', cleanResults: 3, fromMs: 1, toMs: 2 }
    const body = gzipSync(batchBody([aResult(), aResult({ findings: [] })], [gap]))
    const answer = await post(api, RESULTS, key, body, { 'content-encoding': 'gzip' })
    expect(answer.body).toEqual({ accepted: 2, duplicates: 0 })
    expect([await count('scan_results'), await count('findings'), await count('gaps')]).toEqual([2, 1, 1])
    expect(await count('scan_results_default')).toBe(0)
  })

  test('rows of a node with a wrong clock in the default partition', async () => {
    const longAgoMs = Date.UTC(1999, 0, 1)
    const result = aResult({ resultId: uuidV7(longAgoMs), findings: [aFinding({ findingId: uuidV7(Date.UTC(2150, 0, 1)) })] })
    expect((await post(api, RESULTS, key, batchBody([result]))).status).toBe(200)
    expect([await count('scan_results_default'), await count('findings_default')]).toEqual([1, 1])
  })

  test('values at every limit', async () => {
    const finding = aFinding({
      path: Buffer.alloc(4096, 0x01),
      signatureName: '\\.'.padEnd(256, '\\'),
      description: 'ä\n\t\\N'.padEnd(1000, '文'.charAt(0)).slice(0, 340),
      sizeBytes: Number.MAX_SAFE_INTEGER,
      ownerUid: 0xffffffff,
      mode: 0xffffffff,
      process: { pid: 0xffffffff, exe: Buffer.alloc(4096, 0xff), commandLine: Buffer.from('"\\\n\0'), parentName: '"\\' },
    })
    const result = aResult({ clusterId: 'c'.repeat(128), filesScanned: Number.MAX_SAFE_INTEGER, findings: [finding] })
    expect(await post(api, RESULTS, key, batchBody([result]))).toMatchObject({ status: 200 })
    const [row] = await api.query('SELECT signature_name, description, owner_uid, size_bytes FROM findings')
    expect(row).toEqual({
      signature_name: finding.signatureName,
      description: finding.description,
      owner_uid: 0xffffffff,
      size_bytes: Number.MAX_SAFE_INTEGER,
    })
  })
})

describe('stores once', () => {
  test('a repeated batch, also with new results', async () => {
    const old = [aResult(), aResult()]
    await post(api, RESULTS, key, batchBody(old))
    const again = await post(api, RESULTS, key, batchBody([...old, aResult()]))
    expect(again.body).toEqual({ accepted: 3, duplicates: 2 })
    expect([await count('scan_results'), await count('findings')]).toEqual([3, 3])
  })

  test('the same result twice in one batch', async () => {
    const result = aResult()
    expect((await post(api, RESULTS, key, batchBody([result, result]))).body).toEqual({ accepted: 2, duplicates: 1 })
    expect([await count('scan_results'), await count('findings')]).toEqual([1, 1])
  })

  test('the same results from concurrent requests in any order', async () => {
    const results = Array.from({ length: 60 }, () => aResult())
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, turn) =>
        post(api, RESULTS, key, batchBody([...results.slice(turn * 5), ...results.slice(0, turn * 5)])),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(answers.reduce((sum, { body }) => sum + body.accepted - body.duplicates, 0)).toBe(60)
    expect([await count('scan_results'), await count('findings')]).toEqual([60, 60])
  })

  test('the same id in two clusters as two results', async () => {
    const resultId = uuidV7()
    const body = batchBody([aResult({ resultId, clusterId: 'a' }), aResult({ resultId, clusterId: 'b' })])
    expect((await post(api, RESULTS, key, body)).body).toEqual({ accepted: 2, duplicates: 0 })
  })

  test('coverage as one row per path, updated by later scans only', async () => {
    const nowMs = Date.now()
    const report = (finishedAtMs: number, counted: number) =>
      aResult({ finishedAtMs, findings: [], coverage: [{ reason: 8, count: counted, detail: `${counted} links` }] })
    await post(api, RESULTS, key, batchBody([report(nowMs - 1000, 1), report(nowMs - 2000, 7)]))
    await post(api, RESULTS, key, batchBody([report(nowMs - 500, 2)]))
    await post(api, RESULTS, key, batchBody([report(nowMs - 9000, 3)]))
    const rows = await api.query('SELECT reason, path, count, detail, last_seen_at FROM coverage')
    expect(rows).toEqual([{ reason: 'not_regular', path: '', count: 2, detail: '2 links', last_seen_at: new Date(nowMs - 500) }])
  })

  test('results, and counts stored and repeated results', async () => {
    const before = await api.metric('guardimesh_ingest_results_total{outcome="repeated"}')
    const body = batchBody([aResult()])
    await post(api, RESULTS, key, body)
    await post(api, RESULTS, key, body)
    expect(await api.metric('guardimesh_ingest_results_total{outcome="repeated"}')).toBe(before + 1)
  })
})

test('stores the other requests of a group if the database rejects one', async () => {
  await api.query(`ALTER TABLE findings ADD CONSTRAINT refused_here CHECK (signature_name <> 'refused')`)
  try {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        post(api, RESULTS, key, batchBody([aResult({ findings: [aFinding({ signatureName: index === 7 ? 'refused' : 'fine' })] })])),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(29)
    expect(answers[7]).toMatchObject({ status: 400, body: { code: 'RESULT_INVALID' } })
    expect([await count('scan_results'), await count('findings')]).toEqual([29, 29])
  } finally {
    await api.query('ALTER TABLE findings DROP CONSTRAINT refused_here')
  }
})
