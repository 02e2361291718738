import { type ApiKeyList, type CreatedApiKey, messages } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aResult, post } from './messages.js'

let api: TestApi
let session: TestSession

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
})
afterAll(() => api.close())

async function create(label: string, ...scopes: string[]): Promise<CreatedApiKey> {
  const { status, body } = await request<CreatedApiKey>(api, 'POST', '/api/keys/create', { session, json: { label, scopes } })
  expect(status).toBe(201)
  return body
}
const read = (key: string, url = api.url) => request({ url }, 'GET', '/api/findings', { key })
const revoke = (apiKeyId: string) => request(api, 'DELETE', `/api/keys/${apiKeyId}`, { session })

test('returns a key once and stores its hash', async () => {
  const made = await create('once', 'console:read', 'ingestion')
  expect(made.key).toMatch(/^gmk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/)
  expect(made.key.startsWith(`${made.prefix}_`)).toBe(true)
  const list = await request<ApiKeyList>(api, 'GET', '/api/keys', { session })
  expect(list.body.items).toContainEqual({
    apiKeyId: made.apiKeyId,
    label: 'once',
    prefix: made.prefix,
    scopes: ['console:read', 'ingestion'],
    createdAt: made.createdAt,
    createdBy: 'admin@example.org',
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
  })
  const everything = JSON.stringify(await api.query('SELECT * FROM api_keys')) + JSON.stringify(await api.query('SELECT * FROM audit_log'))
  expect(list.text + everything).not.toContain(made.key.slice(13))
})

test.each([
  { name: 'no label', json: { label: ' ', scopes: ['ingestion'] }, field: 'label' },
  { name: 'no scope', json: { label: 'x', scopes: [] }, field: 'scopes' },
  { name: 'an unknown scope', json: { label: 'x', scopes: ['root'] }, field: 'scopes.0' },
  { name: 'an expiry in the past', json: { label: 'x', scopes: ['ingestion'], expiresAt: '2020-01-01T00:00:00Z' }, field: 'expiresAt' },
  { name: 'a scope twice', json: { label: 'x', scopes: ['ingestion', 'ingestion'] }, field: 'scopes' },
])('rejects $name and names the field', async ({ json, field }) => {
  const answer = await request(api, 'POST', '/api/keys/create', { session, json })
  expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  expect(answer.body.detail).toContain(`${field}: `)
})

test('rejects a revoked key immediately in all processes', async () => {
  const made = await create('to revoke', 'console:read')
  const other = await createApi(api.config, createLogger('test', 'silent'))
  try {
    const otherUrl = await other.listen('127.0.0.1', 0)
    expect([(await read(made.key)).status, (await read(made.key, otherUrl)).status]).toEqual([200, 200])
    expect((await revoke(made.apiKeyId)).status).toBe(204)
    expect(await read(made.key)).toMatchObject({ status: 401, body: { code: 'API_KEY_REVOKED' } })
    const startMs = Date.now()
    await waitFor(async () => (await read(made.key, otherUrl)).body.code === 'API_KEY_REVOKED' || undefined)
    // Through the notification; without it, the cache would remain valid for four seconds.
    expect(Date.now() - startMs).toBeLessThan(2000)
  } finally {
    await other.close()
  }
  expect((await revoke(made.apiKeyId)).status).toBe(204)
  const log = await api.query(`SELECT action FROM audit_log WHERE target = $1 ORDER BY audit_id`, [made.apiKeyId])
  expect(log).toEqual([{ action: 'api-key.create' }, { action: 'api-key.revoke' }])
})

test('rejects a revoked key within five seconds if the notification is lost', async () => {
  const made = await create('lost message', 'console:read')
  expect((await read(made.key)).status).toBe(200)
  await api.query('UPDATE api_keys SET revoked_at = now() WHERE api_key_id = $1', [made.apiKeyId])
  expect((await read(made.key)).status).toBe(200)
  const startMs = Date.now()
  await waitFor(async () => (await read(made.key)).body.code === 'API_KEY_REVOKED' || undefined)
  expect(Date.now() - startMs).toBeLessThan(5000)
})

test('rejects a key once it has expired, and ends its event streams', async () => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString()
  const json = { label: 'short', scopes: ['console:read'], expiresAt }
  const { body } = await request<CreatedApiKey>(api, 'POST', '/api/keys/create', { session, json })
  expect(body.expiresAt).toBe(expiresAt)
  expect((await read(body.key)).status).toBe(200)
  const stream = await fetch(`${api.url}/api/findings/stream`, { headers: { authorization: `Bearer ${body.key}` } })
  await api.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE api_key_id = $1`, [body.apiKeyId])
  // As after any change of a key; without it, the next check of the stream is within 15 seconds.
  await api.query(`SELECT pg_notify('guardimesh_api_keys', '')`)
  await waitFor(async () => (await read(body.key)).body.code === 'API_KEY_EXPIRED' || undefined)
  await expect(stream.text()).rejects.toThrow()
  expect((await read(body.key)).status).toBe(401)
})

test.each(['none', '00000000-0000-0000-0000-000000000000'])('rejects revoking the unknown key %s', async (apiKeyId) => {
  expect(await revoke(apiKeyId)).toMatchObject({ status: 404, body: { code: 'API_KEY_NOT_FOUND' } })
})

test('records the last use at most once per minute', async () => {
  const made = await create('used', 'ingestion')
  const lastUsedAt = async () => {
    const [row] = await api.query<{ at: Date | null }>('SELECT last_used_at AS at FROM api_keys WHERE api_key_id = $1', [made.apiKeyId])
    return row?.at ?? undefined
  }
  const send = () => post(api, '/api/v1/scan/results', made.key, messages.ClamResult.encode(aResult()).finish())
  expect((await send()).status).toBe(200)
  const first = await waitFor(lastUsedAt)
  expect((await send()).status).toBe(200)
  expect(await lastUsedAt()).toEqual(first)
})
