import { gzipSync } from 'node:zlib'
import { INGEST_LIMITS, MIB_BYTES, messages } from '@guardimesh/contracts'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post } from './messages.js'

const RESULTS = '/api/v1/scan/results'
const GZIP = { 'content-encoding': 'gzip' }
let api: TestApi
let key: string

beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())

/** Checks that nothing of a rejected request is stored. */
afterEach(async () => {
  for (const table of ['scan_results', 'findings', 'coverage', 'gaps', 'pods', 'nodes', 'clusters'])
    expect(await api.query(`SELECT 1 FROM ${table}`), table).toEqual([])
})

const good = batchBody([aResult()])
const zeros = gzipSync(Buffer.alloc(INGEST_LIMITS.bodyBytes + 1))
const invalid = batchBody([aResult(), aResult({ findings: [aFinding({ severity: 9 as never })] })])

describe('bodies', () => {
  test.each([
    { name: 'empty', body: new Uint8Array(), headers: {}, status: 400, code: 'PROTOBUF_INVALID' },
    { name: 'truncated', body: good.subarray(0, good.length - 3), headers: {}, status: 400, code: 'PROTOBUF_INVALID' },
    { name: 'text', body: Buffer.from('{"results":[]}'), headers: {}, status: 400, code: 'PROTOBUF_INVALID' },
    { name: 'an invalid field in the second result', body: invalid, headers: {}, status: 400, code: 'RESULT_INVALID' },
    { name: 'above the size limit', body: Buffer.alloc(MIB_BYTES + 1), headers: {}, status: 413, code: 'BODY_TOO_LARGE' },
    { name: 'a decompression bomb', body: zeros, headers: GZIP, status: 413, code: 'BODY_TOO_LARGE' },
    { name: 'declared as gzip, but not compressed', body: good, headers: GZIP, status: 400, code: 'COMPRESSION_INVALID' },
    { name: 'truncated gzip', body: gzipSync(good).subarray(0, -9), headers: GZIP, status: 400, code: 'COMPRESSION_INVALID' },
    { name: 'another compression', body: good, headers: { 'content-encoding': 'br' }, status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
    { name: 'another media type', body: good, headers: { 'content-type': 'text/plain' }, status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
    { name: 'JSON', body: Buffer.from('{}'), headers: { 'content-type': 'application/json' }, status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
  ])('$name: $code', async ({ body, headers, status, code }) => {
    for (const path of [RESULTS, '/api/v1/pods/logs']) {
      if (code === 'RESULT_INVALID' && path !== RESULTS) continue
      const before = await api.metric(`guardimesh_http_problems_total{code="${code}"}`)
      expect(await post(api, path, key, body, headers)).toMatchObject({ status, body: { code, status } })
      expect(await api.metric(`guardimesh_http_problems_total{code="${code}"}`)).toBe(before + 1)
    }
  })

  test('counts rejections in the ingest metrics', async () => {
    const before = await api.metric('guardimesh_ingest_refused_total{code="RESULT_INVALID"}')
    await post(api, RESULTS, key, invalid)
    expect(await api.metric('guardimesh_ingest_refused_total{code="RESULT_INVALID"}')).toBe(before + 1)
  })

  test('handles random bytes without an internal error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.constantFrom({}, GZIP), async (body, headers) => {
        const answer = await post(api, RESULTS, key, body, headers)
        // A batch with only unknown fields of a later version is valid and empty.
        if (answer.status === 200) expect(answer.body).toEqual({ accepted: 0, duplicates: 0 })
        else expect([400, 413]).toContain(answer.status)
      }),
      { numRuns: 150 },
    )
  })

  test('rejects or stores a corrupted body as a whole, without an internal error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
        const body = Buffer.from(good)
        for (const [at, byte] of changes) body[at] = byte
        const { status } = await post(api, RESULTS, key, body)
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 300 },
    )
    const [row] = await api.query<{ wanted: number; stored: number }>(
      `SELECT (SELECT coalesce(sum(finding_count), 0) FROM scan_results) AS wanted, (SELECT count(*) FROM findings) AS stored`,
    )
    // The result id may differ while the finding id is the same: a finding is stored once.
    expect(Number(row?.wanted)).toBeGreaterThanOrEqual(Number(row?.stored))
    await api.query('TRUNCATE scan_results, findings, coverage, gaps')
  })
})

describe('keys', () => {
  const send = (withKey: string) => post(api, RESULTS, withKey, good)

  test('rejects an unknown key', async () => {
    expect(await send(`gmk_abcdefgh_${'A'.repeat(43)}`)).toMatchObject({ status: 401, body: { code: 'API_KEY_UNKNOWN' } })
    expect(await send('nonsense')).toMatchObject({ status: 401, body: { code: 'API_KEY_UNKNOWN' } })
  })

  test('rejects a revoked key', async () => {
    const revoked = await api.createKey('ingestion')
    await api.query('UPDATE api_keys SET revoked_at = now() WHERE starts_with($1, prefix)', [revoked])
    expect(await send(revoked)).toMatchObject({ status: 401, body: { code: 'API_KEY_REVOKED' } })
  })

  test('rejects a key with another scope', async () => {
    expect(await send(await api.createKey('console:read'))).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } })
  })

  test('rejects a request without a key or with a session', async () => {
    const session = await api.login()
    for (const headers of [{}, { ...session }]) {
      const response = await fetch(`${api.url}${RESULTS}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf', ...headers },
        body: Buffer.from(good),
      })
      expect([401, 403]).toContain(response.status)
    }
  })
})

test('rejects a message of another type', async () => {
  const body = messages.PodLog.encode({ clusterId: 'test', nodeName: 'n', podName: 'p' }).finish()
  expect(await post(api, RESULTS, key, body)).toMatchObject({ status: 400 })
})
