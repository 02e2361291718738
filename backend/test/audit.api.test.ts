import type { AuditEntryView, AuditPage, AuditVerification } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let session: TestSession
let key: string

beforeAll(async () => {
  api = await startTestApi()
  await api.query('ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only')
  session = await api.login()
  key = await api.createKey('audit:read')
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE audit_log'))

const read = async (query = '') => (await request<AuditPage>(api, 'GET', `/api/audit${query}`, { key })).body
const verify = async (query = '') => (await request<AuditVerification>(api, 'GET', `/api/audit/verify${query}`, { key })).body
const actionsOf = async (query = '') => (await read(query)).items.map(({ action }) => action)

/** Writes entries with the names of their authors; each statement is a transaction. */
async function record(...names: string[]): Promise<void> {
  for (const name of names)
    await api.query(`INSERT INTO audit_log (actor_kind, actor_name, action, target, details) VALUES ('system', $1, 'test.run', 'x', $2)`, [
      name,
      { before: { size: 1 }, after: { size: 2 }, text: 'Größe "2"\n', list: [1.5, null, true] },
    ])
}

/** Changes the log as an administrator of the database can. */
async function tamper(sql: string): Promise<void> {
  await api.query(`ALTER TABLE audit_log DISABLE TRIGGER USER; ${sql}; ALTER TABLE audit_log ENABLE TRIGGER USER;
    ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_truncate`)
}

describe('the audit log', () => {
  test('lists entries newest first with their states, page by page', async () => {
    await record('a', 'b', 'c')
    const first = await read('?limit=2')
    expect(first).toMatchObject({ total: 3, totalIsMinimum: false })
    expect(first.items.map(({ position, actorName }) => [position, actorName])).toEqual([
      [3, 'c'],
      [2, 'b'],
    ])
    const [entry] = first.items
    expect(entry).toMatchObject({ before: { size: 1 }, after: { size: 2 }, details: { text: 'Größe "2"\n', list: [1.5, null, true] } })
    const rest = await read(`?limit=2&cursor=${first.nextCursor}`)
    expect(rest).toMatchObject({ nextCursor: null, total: null, items: [{ position: 1, actorName: 'a' }] })
    expect(await request(api, 'GET', `/api/audit?result=failure&cursor=${first.nextCursor}`, { key })).toMatchObject({
      body: { code: 'CURSOR_INVALID' },
    })
  })

  test('filters by author, action, target, result, time and text', async () => {
    await record('alice', 'bob')
    await request(api, 'POST', '/login', { json: { email: 'mallory@example.org', password: 'wrong' } })
    const { items } = await read()
    const authors = async (query: string) => (await read(query)).items.map(({ actorName }) => actorName)
    expect(await authors('?actor=bob')).toEqual(['bob'])
    expect(await authors('?actor=~l')).toEqual(['mallory@example.org', 'alice'])
    expect(await authors('?action=session.log-in&result=failure')).toEqual(['mallory@example.org'])
    expect(await authors('?target=-x')).toEqual(['mallory@example.org'])
    expect(await authors('?search=gr%C3%B6sse')).toEqual([])
    expect(await authors('?search=GR%C3%96%C3%9FE')).toEqual(['bob', 'alice'])
    expect(await authors('?search=127.0.0.1')).toEqual(['mallory@example.org'])
    expect(await authors(`?until=${new Date(Date.parse(items[0]?.at ?? '') - 60_000).toISOString()}`)).toEqual([])
    expect(await authors(`?since=${new Date(Date.parse(items[2]?.at ?? '') - 1).toISOString()}`)).toHaveLength(3)
  })

  test('contains failed logins, logouts and denied requests, each once per minute and client', async () => {
    const failed = () => request(api, 'POST', '/login', { json: { email: 'trudy@example.org', password: 'wrong' } })
    for (let attempt = 0; attempt < 8; attempt++) await failed()
    const other = await api.login()
    expect((await request(api, 'POST', '/logout', { session: other })).status).toBe(204)
    expect((await request(api, 'POST', '/logout', { session: other })).status).toBe(204)
    const viewerKey = await api.createKey('console:read')
    for (let attempt = 0; attempt < 3; attempt++)
      expect((await request(api, 'GET', '/api/audit', { key: viewerKey })).body.code).toBe('SCOPE_MISSING')
    await waitFor(async () => (await actionsOf('?action=request.deny')).length > 0 || undefined)
    expect(await actionsOf('?result=success')).toEqual(['session.log-out', 'session.log-in'])
    const failures: Pick<AuditEntryView, 'actorKind' | 'action' | 'target' | 'details'>[] = (await read('?result=failure')).items
    expect(failures.filter(({ action }) => action === 'request.deny')).toMatchObject([
      { actorKind: 'api_key', target: 'GET /api/audit', details: { code: 'SCOPE_MISSING', status: 403 } },
    ])
    const logins = failures.filter(({ action }) => action === 'session.log-in')
    expect(logins[0]).toMatchObject({ actorKind: 'anonymous', target: 'trudy@example.org', clientIp: '127.0.0.1' })
    const reasons = logins.map(({ details }) => details.reason)
    expect(reasons.filter((reason) => reason === 'LOGIN_THROTTLED')).toHaveLength(1)
    expect(reasons.filter((reason) => reason === 'LOGIN_FAILED').length).toBeGreaterThanOrEqual(5)
  })
})

describe('the chain', () => {
  test('is intact after concurrent transactions, some of which fail', async () => {
    const insert = `INSERT INTO audit_log (actor_kind, actor_name, action) VALUES ('system', 's', 'a'), ('system', 't', 'b')`
    const attempts = Array.from({ length: 40 }, (_, at) =>
      at % 5 === 0 ? api.query(`${insert}; SELECT 1 / 0`).catch(() => undefined) : api.query(insert),
    )
    await Promise.all(attempts)
    expect(await verify()).toMatchObject({ isIntact: true, entries: 64, firstPosition: 1, lastPosition: 64, broken: null })
  })

  test('does not accept position, hash and time of a client', async () => {
    await api.query(
      `INSERT INTO audit_log (actor_kind, actor_name, action, at, position, hash) VALUES ('system', 's', 'a', '2020-01-01', 9, decode(repeat('ab', 32), 'hex'))`,
    )
    const { items } = await read()
    expect(items).toMatchObject([{ position: 1 }])
    expect(Date.now() - Date.parse(items[0]?.at ?? '')).toBeLessThan(60_000)
    expect((await verify()).isIntact).toBe(true)
  })

  test.each([
    `UPDATE audit_log SET actor_name = 'eve'`,
    'UPDATE audit_log SET position = NULL, hash = NULL, previous_hash = NULL',
    'DELETE FROM audit_log',
    `SELECT set_config('guardimesh.audit_retention', 'on', false); DELETE FROM audit_log`,
    'TRUNCATE audit_log',
  ])('refuses %s', async (sql) => {
    await record('a')
    await api.query('ALTER TABLE audit_log ENABLE TRIGGER audit_log_no_truncate')
    await expect(api.query(`BEGIN; ${sql}; COMMIT`)).rejects.toThrow('the audit log is append-only')
    await api.query('ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_truncate')
    expect((await verify()).entries).toBe(1)
  })

  test.each([
    { name: 'a changed entry', sql: `UPDATE audit_log SET actor_name = 'eve' WHERE position = 2`, position: 2, reason: 'changed' },
    { name: 'a changed detail', sql: `UPDATE audit_log SET details = '{}' WHERE position = 3`, position: 3, reason: 'changed' },
    { name: 'a changed time', sql: `UPDATE audit_log SET at = at + interval '1 us' WHERE position = 1`, position: 1, reason: 'changed' },
    { name: 'a deleted entry', sql: 'DELETE FROM audit_log WHERE position = 2', position: 2, reason: 'missing' },
    { name: 'a deleted start', sql: 'DELETE FROM audit_log WHERE position <= 2', position: 1, reason: 'missing' },
  ])('names $name', async ({ sql, position, reason }) => {
    await record('a', 'b', 'c', 'd')
    await tamper(sql)
    const result = await verify()
    expect(result).toMatchObject({ isIntact: false, entries: position - 1, broken: { position, reason } })
    expect(result.broken?.explanation).toContain(`entry ${position}`)
  })

  test('reveals a deleted end and a replaced log to those who keep an earlier hash', async () => {
    await record('a', 'b', 'c')
    const { lastPosition, lastHash } = await verify()
    const known = `?position=${lastPosition}&hash=${lastHash}`
    await record('d')
    expect(await verify(known)).toMatchObject({ isIntact: true, lastPosition: 4 })
    await tamper('DELETE FROM audit_log WHERE position >= 3')
    expect(await verify()).toMatchObject({ isIntact: true, lastPosition: 2 })
    expect(await verify(known)).toMatchObject({ isIntact: false, broken: { position: 3, reason: 'missing' } })
    await record('c')
    expect(await verify(known)).toMatchObject({ isIntact: false, broken: { position: 3, reason: 'replaced' } })
    expect((await request(api, 'GET', '/api/audit/verify?position=1', { key })).body.code).toBe('QUERY_INVALID')
  })

  test('continues after old entries are deleted with the function for that', async () => {
    await record('a', 'b')
    const known = (await verify()).lastHash
    await record('c')
    await tamper(`UPDATE audit_log SET at = now() - interval '100 days' WHERE position <= 2`)
    await expect(api.query(`SELECT prune_audit_log('89 days')`)).rejects.toThrow('at least 90 days')
    expect(await api.query(`SELECT prune_audit_log('91 days')::int AS deleted`)).toEqual([{ deleted: 2 }])
    expect(await verify()).toMatchObject({ isIntact: true, firstPosition: 3, lastPosition: 4 })
    expect((await read()).items[0]).toMatchObject({ action: 'audit-log.prune', details: { deleted: 2, lastPosition: 2 } })
    expect(await verify(`?position=2&hash=${known}`)).toMatchObject({ isIntact: true })
    const otherHash = 'ab'.repeat(32)
    expect(await verify(`?position=2&hash=${otherHash}`)).toMatchObject({ isIntact: false, broken: { position: 2, reason: 'replaced' } })
    const older = await verify(`?position=1&hash=${otherHash}`)
    expect(older).toMatchObject({ isIntact: false, broken: { position: 1, reason: 'missing' } })
    expect(older.broken?.explanation).toContain('use a later one')
    await tamper('DELETE FROM audit_log WHERE position = 3')
    expect(await verify()).toMatchObject({ broken: { position: 3, reason: 'missing' } })
  })

  test('is verified in parts that do not need the whole log in memory', async () => {
    await api.query(`INSERT INTO audit_log (actor_kind, actor_name, action) SELECT 'system', 's', 'a' FROM generate_series(1, 2500)`)
    expect(await verify()).toMatchObject({ isIntact: true, entries: 2500 })
  })
})

test('is available to administrators and to keys with the scope audit:read', async () => {
  expect((await request(api, 'GET', '/api/audit', { session })).status).toBe(200)
})
