import { DEFAULT_SCAN_CONFIG, ScanConfig, type ScanConfigView } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let session: TestSession
let key: string

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE scan_config, audit_log'))

const read = async () => (await request<ScanConfigView>(api, 'GET', '/api/scan/config', { session })).body
const replace = (json: unknown, headers: Record<string, string> = {}) =>
  request<ScanConfigView & { code: string; detail: string }>(api, 'PUT', '/api/scan/config', { session, json, headers })
const poll = (headers: Record<string, string> = {}) => request<ScanConfig>(api, 'GET', '/api/v1/scan/config', { key, headers })

test('returns the defaults before the first change', async () => {
  expect(await read()).toMatchObject({ config: DEFAULT_SCAN_CONFIG, updatedAt: null, updatedBy: null })
  expect((await poll()).body).toEqual(DEFAULT_SCAN_CONFIG)
})

test('responds to scanners with 304 until it changes', async () => {
  const etag = (await poll()).headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
  for (const header of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
    const answer = await poll({ 'if-none-match': header })
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', etag])
  }
  expect((await poll({ 'if-none-match': '"other"' })).status).toBe(200)
  expect((await replace({ ...DEFAULT_SCAN_CONFIG, scheduledScan: false })).status).toBe(200)
  const changed = await poll({ 'if-none-match': etag })
  expect(changed).toMatchObject({ status: 200, body: { scheduledScan: false } })
  expect(changed.headers.get('etag')).not.toBe(etag)
})

test('records the author of a change, and both values in the audit log', async () => {
  const config = { ...DEFAULT_SCAN_CONFIG, maxFileSizeBytes: 4096, schedule: '*/5 1-3 * * mon' }
  const answer = await replace(config)
  expect(answer).toMatchObject({ status: 200, body: { config, updatedBy: 'admin@example.org' } })
  expect(answer.headers.get('etag')).toBe(answer.body.etag)
  expect(await read()).toEqual(answer.body)
  const [entry] = await api.query('SELECT action, actor_name, details FROM audit_log')
  expect(entry).toEqual({
    action: 'scan-config.replace',
    actor_name: 'admin@example.org',
    details: { before: DEFAULT_SCAN_CONFIG, after: config },
  })
})

test('rejects one of two concurrent changes', async () => {
  const { etag } = await read()
  const answers = await Promise.all(
    [1, 2].map((count) =>
      replace({ ...DEFAULT_SCAN_CONFIG, budgets: { ...DEFAULT_SCAN_CONFIG.budgets, concurrentScans: count + 2 } }, { 'if-match': etag }),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  expect(answers.find(({ status }) => status === 412)?.body.code).toBe('SCAN_CONFIG_CHANGED')
  expect(await api.query('SELECT FROM audit_log')).toHaveLength(1)
})

test.each([
  ['schedule', 'every night'],
  ['schedule', '0 0 30 2 *'],
  ['schedule', '99 * * * *'],
  ['schedule', '0 17 3 * * *'],
  ['skipNamespaces', ['Not A Namespace']],
  ['maxFileSizeBytes', 4 * 2 ** 30],
  ['budgets', { concurrentScans: 0 }],
  ['activeScan', 'yes'],
])('rejects %s: %j and names the field', async (name, value) => {
  const answer = await replace({ ...DEFAULT_SCAN_CONFIG, [name]: value })
  expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  expect(answer.body.detail).toContain(name)
  expect(await api.query('SELECT FROM scan_config')).toHaveLength(0)
})

test('adds defaults of new fields to a configuration of an older version', async () => {
  await api.query(`INSERT INTO scan_config (config, updated_by) VALUES ('{"activeScan": false}', 'somebody')`)
  expect((await read()).config).toEqual({ ...ScanConfig.parse({}), activeScan: false })
})
