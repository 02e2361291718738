import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import { uuidV7 } from '@guardimesh/kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, batchBody, post } from './messages.js'

const ROWS = 100_000
/** The rows as text have more than 50 MB, as objects far more. */
const MEMORY_MAX_BYTES = 24e6
/** Rows between two measurements of the memory. */
const MEASURE_ROWS = 30_000

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

let api: TestApi
let keys: Record<'read' | 'audit', string>

beforeAll(async () => {
  api = await startTestApi()
  keys = { read: await api.createKey('console:read'), audit: await api.createKey('audit:read') }
  const ingestion = await api.createKey('ingestion')
  const findings = ['=cmd|calc', 'a,"b"', '/bin/x'].map((path, at) =>
    aFinding({ findingId: uuidV7(Date.now() + at), path: Buffer.from(path), signatureName: `Sig.${at}` }),
  )
  const { status } = await post(api, '/api/v1/scan/results', ingestion, batchBody([aResult({ resultId: uuidV7(Date.now()), findings })]))
  expect(status).toBe(200)
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE audit_log, coverage'))

async function download(path: string, key = keys.read) {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${key}` } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const actions = () => api.query<{ action: string }>('SELECT action, result, details FROM audit_log ORDER BY audit_id')

async function insertCoverage(rows: number): Promise<void> {
  await api.query(
    `INSERT INTO coverage (cluster_id, node_name, namespace, pod_name, container_name, container_id, image, reason, path, path_hash, count,
       size_bytes, detail, first_seen_at, last_seen_at)
     SELECT 'test', 'node-1', 'shop', 'web-' || n, 'web', 'c' || n, 'shop:1', 'too_large', '/var/lib/' || repeat('x', 200) || n,
       sha256(n::text::bytea), 1, n, 'over 100 MiB', now(), now()
     FROM generate_series(1, $1) AS n`,
    [rows],
  )
}

/** Opens an export and reads nothing of its body. */
async function open(
  path: string,
  headers: Record<string, string> = {},
  credentials: Record<string, string> = { authorization: `Bearer ${keys.read}` },
): Promise<IncomingMessage> {
  const [response] = await once(get(`${api.url}${path}`, { headers: { ...credentials, ...headers } }), 'response')
  return response as IncomingMessage
}

test('a CSV file has the columns, filters and order of the list, safe cells, a last line, and a name with the time', async () => {
  const { status, headers, text } = await download('/api/findings/export?sort=path&order=asc&signature=~sig')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="guardimesh-findings-\d{8}T\d{6}Z\.csv"$/)
  const lines = text.split('\r\n')
  const [head = '', ...rows] = lines
  expect(head).toContain('findingId,signatureName,severity')
  const width = head.split(',').length
  expect(rows.slice(0, 3).map((line) => /Sig\.\d,\w+,\w+,("a,""b"""|[^,]*)/.exec(line)?.[1])).toEqual(['/bin/x', `'=cmd|calc`, '"a,""b"""'])
  expect(rows[3]).toBe(`# complete: 3 rows${','.repeat(width - 1)}`)
  expect((await download('/api/findings/export?signature=Sig.1')).text.split('\r\n')).toHaveLength(4)
  expect((await download('/api/findings/export?format=xlsx')).status).toBe(400)
})

test('a CSV file starts with a byte order mark', async () => {
  const response = await fetch(`${api.url}/api/findings/export`, { headers: { authorization: `Bearer ${keys.read}` } })
  expect(Buffer.from(await response.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
})

test.each([
  { list: 'findings', query: '', key: 'findingId', rows: 3 },
  { list: 'incidents', query: '&signature=Sig.1', key: 'incidentId', rows: 1 },
  { list: 'scans', query: '&infected=true', key: 'resultId', rows: 1 },
  { list: 'coverage', query: '&reason=too_large', key: 'coverageId', rows: 2 },
  { list: 'audit', query: '&action=audit.export', key: 'position', rows: 1 },
])('$list as NDJSON are the items of the list and a last line', async ({ list, query, key, rows }) => {
  await insertCoverage(2)
  const { headers, text } = await download(`/api/${list}/export?format=ndjson${query}`, list === 'audit' ? keys.audit : keys.read)
  expect(headers.get('content-disposition')).toContain(`guardimesh-${list}-`)
  const lines = text.trimEnd().split('\n')
  const [first, ...rest] = lines.map((line) => JSON.parse(line))
  expect(first).toHaveProperty(key)
  expect(rest.at(-1)).toEqual({ export: { isComplete: true, rows } })
  const listed = await request<{ items: object[] }>(api, 'GET', `/api/${list}?${query.slice(1)}`, {
    key: list === 'audit' ? keys.audit : keys.read,
  })
  if (list !== 'audit') expect(listed.body.items[0]).toMatchObject(first)
})

test('records an export in the audit log before its rows and when it ends', async () => {
  await download('/api/findings/export?format=ndjson&severity=high&signature=Sig.1')
  const ended = await waitFor(async () => ((await actions()).length === 2 ? await actions() : undefined))
  expect(ended).toMatchObject([
    {
      action: 'findings.export',
      result: 'success',
      details: { format: 'ndjson', query: { severity: ['high'], signature: [{ text: 'Sig.1' }], sort: 'received' } },
    },
    { action: 'findings.export-end', result: 'success', details: { format: 'ndjson' } },
  ])
})

test(`exports ${ROWS} rows with bounded memory, at the pace of the client`, async () => {
  await insertCoverage(ROWS)
  const startBytes = usedBytes()
  let peakBytes = 0
  let lines = 0
  let tail = ''
  const response = await open('/api/coverage/export?format=ndjson')
  // The client reads nothing for a while: the backend must not read the rest of the rows meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 300))
  peakBytes = usedBytes()
  for await (const chunk of response) {
    const text = String(chunk)
    const before = lines
    lines += text.split('\n').length - 1
    tail = (tail + text).slice(-100)
    if (Math.floor(before / MEASURE_ROWS) !== Math.floor(lines / MEASURE_ROWS)) peakBytes = Math.max(peakBytes, usedBytes())
  }
  expect(lines).toBe(ROWS + 1)
  expect(tail).toContain(`{"export":{"isComplete":true,"rows":${ROWS}}}`)
  expect(peakBytes - startBytes).toBeLessThan(MEMORY_MAX_BYTES)
}, 60_000)

/** Memory that is in use, without garbage. The backend runs in this process. */
function usedBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('ends with an interrupted client, limits concurrent exports, and is available again afterwards', async () => {
  await insertCoverage(20_000)
  const path = '/api/coverage/export?format=ndjson'
  const [first, second] = [await open(path), await open(path)]
  const refused = await request(api, 'GET', path, { key: keys.read })
  expect(refused).toMatchObject({ status: 429, body: { code: 'EXPORT_LIMIT_REACHED', detail: expect.stringContaining('2 exports') } })
  expect(refused.headers.get('retry-after')).toBe('30')
  first.destroy()
  second.destroy()
  const aborted = () =>
    api.query<{ rows: number }>(
      `SELECT (details->>'rows')::int AS rows FROM audit_log WHERE action = 'coverage.export-end' AND result = 'failure'`,
    )
  const ends = await waitFor(async () => ((await aborted()).length === 2 ? await aborted() : undefined))
  for (const { rows } of ends) expect(rows).toBeLessThan(20_000)
  expect(await api.query(`SELECT state FROM pg_stat_activity WHERE application_name LIKE '% export' AND state <> 'idle'`)).toEqual([])
  expect((await download(`${path}&node=none`)).text).toBe('{"export":{"isComplete":true,"rows":0}}\n')
})

test.each([
  { name: 'session ends', channel: 'guardimesh_sessions', sql: 'DELETE FROM sessions' },
  { name: 'role changes', channel: 'guardimesh_sessions', sql: `UPDATE accounts SET role = 'viewer'` },
  { name: 'API key is revoked', channel: 'guardimesh_api_keys', sql: `UPDATE api_keys SET revoked_at = now() WHERE label LIKE '% and %'` },
])('ends at once when its $name', async ({ channel, sql }) => {
  await insertCoverage(20_000)
  const credentials: Record<string, string> =
    channel === 'guardimesh_sessions'
      ? { cookie: await api.createSession((await api.administrator()).email) }
      : { authorization: `Bearer ${await api.createKey('console:read', 'exceptions:write')}` }
  const response = await open('/api/coverage/export?format=ndjson', {}, credentials)
  // The server closes the connection.
  response.on('error', () => undefined)
  await api.query(sql)
  await api.query(`SELECT pg_notify($1, '')`, [channel])
  const end = await waitFor(async () => (await actions()).find(({ action }) => action === 'coverage.export-end'), 5_000)
  expect(end).toMatchObject({ result: 'failure' })
  response.destroy()
})

test('a HEAD request has the headers of the file, and starts no export', async () => {
  await insertCoverage(2_000)
  const heads = Array.from({ length: 4 }, () =>
    fetch(`${api.url}/api/coverage/export`, { method: 'HEAD', headers: { authorization: `Bearer ${keys.read}` } }),
  )
  for (const { status, headers } of await Promise.all(heads))
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
  expect(await actions()).toEqual([])
})

test('is compressed for clients that accept it', async () => {
  await insertCoverage(2_000)
  const response = await open('/api/coverage/export', { 'accept-encoding': 'gzip' })
  expect(response.headers['content-encoding']).toBe('gzip')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  expect(gunzipSync(Buffer.concat(chunks)).toString().trimEnd()).toMatch(/# complete: 2000 rows,+$/)
})
