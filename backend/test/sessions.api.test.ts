import { readFile, stat } from 'node:fs/promises'
import { type AccountView, DAY_MS, type SessionView } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import bcrypt from 'bcrypt'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { setPassword } from '../src/features/accounts/set-password.js'
import { Database } from '../src/platform/database/database.js'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let credentials: { email: string; password: string }

beforeAll(async () => {
  api = await startTestApi({ config: { publicUrl: new URL('https://console.test/'), trustedProxies: ['127.0.0.1'] } })
  credentials = await api.administrator()
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE login_failures'))

/** Sets the password of the administrator, as the command does. */
async function reset(password: string): Promise<void> {
  const database = new Database({ databaseUrl: api.config.databaseUrl, applicationName: 'test' })
  expect(await setPassword(database, credentials.email, password)).toBe(true)
  await database.close()
}

const logIn = (json: unknown, headers: Record<string, string> = {}) =>
  request<AccountView & { code: string; detail: string }>(api, 'POST', '/login', { json, headers })

describe('login', () => {
  test('returns the account and an HttpOnly, SameSite and Secure cookie', async () => {
    const answer = await logIn({ ...credentials, email: credentials.email.toUpperCase() })
    expect(answer).toMatchObject({ status: 200, body: { email: credentials.email, role: 'administrator' } })
    expect(Object.keys(answer.body).toSorted()).toEqual(['accountId', 'displayName', 'email', 'role'])
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie.split('; ').slice(1).toSorted()).toEqual(['HttpOnly', `Max-Age=${7 * 86_400}`, 'Path=/', 'SameSite=Strict', 'Secure'])
    const [row] = await api.query<{ secret: string }>(`SELECT encode(token_hash, 'escape') AS secret FROM sessions`)
    expect(row?.secret).not.toContain(cookie.split(/[=;]/)[1])
  })

  test.each([
    { name: 'a wrong password', json: () => ({ ...credentials, password: 'wrong' }), status: 401, code: 'LOGIN_FAILED' },
    { name: 'an unknown account', json: () => ({ email: 'nobody@example.org', password: 'wrong' }), status: 401, code: 'LOGIN_FAILED' },
    { name: 'more than 72 bytes', json: () => ({ ...credentials, password: 'ä'.repeat(37) }), status: 400, code: 'PASSWORD_UNACCEPTABLE' },
    { name: 'no password', json: () => ({ email: credentials.email }), status: 400, code: 'BODY_INVALID' },
  ])('rejects $name with $code and sets no cookie', async ({ json, status, code }) => {
    const answer = await logIn(json())
    expect(answer).toMatchObject({ status, body: { code } })
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('has the same duration for an unknown account as for a wrong password', async () => {
    const timeOf = async (email: string) => {
      const startMs = performance.now()
      await logIn({ email, password: 'wrong' })
      return performance.now() - startMs
    }
    await timeOf('first@example.org')
    const [known, unknown] = [await timeOf(credentials.email), await timeOf('nobody@example.org')]
    // bcrypt needs hundreds of milliseconds, all other work only a few.
    expect(unknown).toBeGreaterThan(known / 3)
  })

  test('throttles guessing per account and address, including concurrent attempts, and lets others log in', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, at) => logIn({ ...credentials, password: `guess ${at}` })))
    const codes = guesses.map(({ body }) => body.code)
    expect(codes.filter((code) => code === 'LOGIN_FAILED')).toHaveLength(5)
    expect(codes.filter((code) => code === 'LOGIN_THROTTLED')).toHaveLength(7)
    const right = await logIn(credentials)
    expect(right).toMatchObject({ status: 429, body: { code: 'LOGIN_THROTTLED' } })
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(5)
    expect((await logIn(credentials, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(200)
    expect((await logIn({ email: 'somebody@else.org', password: 'x' })).status).toBe(401)
    expect((await logIn(credentials)).status).toBe(429)
    await api.query(`UPDATE login_failures SET blocked_until = now() - interval '1 second'`)
    expect((await logIn(credentials)).status).toBe(200)
    expect(await api.query('SELECT FROM login_failures WHERE email = $1', [credentials.email])).toHaveLength(0)
  })
})

test('lets the owner of an account log in while another address floods the login with invented accounts', async () => {
  let isOver = false
  const flood = Array.from({ length: 60 }, async (_, at) => {
    const statuses: number[] = []
    while (!isOver)
      statuses.push((await logIn({ email: `${at}@flood.example`, password: 'x' }, { 'x-forwarded-for': '192.0.2.66' })).status)
    return statuses
  })
  const own: number[] = []
  for (let at = 0; at < 3; at++) own.push((await logIn(credentials, { 'x-forwarded-for': '192.0.2.1' })).status)
  isOver = true
  expect(own).toEqual([200, 200, 200])
  expect((await Promise.all(flood)).flat()).toContain(429)
})

describe('60 connections with wrong passwords', () => {
  /** Runs `work` while the connections guess the password of the administrator, each from the address that `addressOf` returns. */
  async function whileGuessing(addressOf: (connection: number, attempt: number) => string, work: () => Promise<void>): Promise<number[]> {
    let isOver = false
    const flood = Array.from({ length: 60 }, async (_, connection) => {
      const statuses: number[] = []
      for (let attempt = 0; !isOver; attempt++) {
        const headers = { 'x-forwarded-for': addressOf(connection, attempt) }
        statuses.push((await logIn({ ...credentials, password: 'guess' }, headers)).status)
      }
      return statuses
    })
    await work()
    isOver = true
    return (await Promise.all(flood)).flat()
  }
  const forget = () => api.query('DELETE FROM known_devices')

  test('from many addresses do not delay a login from the address of an earlier one', async () => {
    await forget()
    const own = { 'x-forwarded-for': '192.0.2.1' }
    expect((await logIn(credentials, own)).status).toBe(200)
    const guesses = await whileGuessing(
      (connection, attempt) => `198.51.${connection}.${attempt % 250}`,
      async () => {
        for (let at = 0; at < 3; at++) expect((await logIn(credentials, own)).status).toBe(200)
      },
    )
    expect(new Set(guesses)).toEqual(new Set([401, 429]))
  })

  test('from the address of the user do not delay a login from a browser that has logged in before', async () => {
    await forget()
    const address = { 'x-forwarded-for': '192.0.2.1' }
    const first = await logIn(credentials, address)
    const device = first.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-guardimesh_device='))
    expect(device?.split('; ').slice(1)).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict']))
    const cookie = device?.split(';')[0] ?? ''
    const guesses = await whileGuessing(
      () => '192.0.2.1',
      async () => {
        for (let at = 0; at < 3; at++) expect((await logIn(credentials, { ...address, cookie })).status).toBe(200)
        expect((await logIn(credentials, address)).status).toBe(429)
      },
    )
    expect(guesses).not.toContain(200)
    expect(guesses.filter((status) => status === 401).length).toBeLessThanOrEqual(5)
  })

  test('a known browser has the same limits for itself, and none for other accounts', async () => {
    await forget()
    const { headers } = await logIn(credentials)
    const cookie = headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
    const guess = (email: string) => logIn({ email, password: 'guess' }, { cookie, 'x-forwarded-for': '192.0.2.9' })
    for (let at = 0; at < 5; at++) expect((await guess(credentials.email)).status).toBe(401)
    expect((await guess(credentials.email)).status).toBe(429)
    for (let at = 0; at < 5; at++) expect((await guess('nobody@example.org')).status).toBe(401)
    expect((await guess('nobody@example.org')).status).toBe(429)
  })

  test('from one address for many accounts are delayed after 50, except for those with an earlier login', async () => {
    await forget()
    await logIn(credentials, { 'x-forwarded-for': '192.0.2.5' })
    await api.query(`UPDATE login_failures SET failures = 49 WHERE (email, address) = ('', '192.0.2.5')`)
    await api.query('TRUNCATE audit_log')
    const from = { 'x-forwarded-for': '192.0.2.5' }
    expect((await logIn({ email: 'a@example.org', password: 'x' }, from)).status).toBe(401)
    const delayed = await logIn({ email: 'b@example.org', password: 'x' }, from)
    expect(delayed).toMatchObject({ status: 429, body: { detail: expect.stringContaining('from this address') } })
    expect((await logIn({ email: 'c@example.org', password: 'x' }, from)).status).toBe(429)
    // While the network is delayed, invented accounts fill neither the table nor the audit log.
    expect(await api.query(`SELECT email FROM login_failures WHERE email <> ''`)).toEqual([{ email: 'a@example.org' }])
    const entries = await api.query(`SELECT target, details->>'reason' AS reason FROM audit_log ORDER BY audit_id`)
    expect(entries).toEqual([
      { target: 'a@example.org', reason: 'LOGIN_FAILED' },
      { target: 'b@example.org', reason: 'LOGIN_THROTTLED' },
    ])
    expect((await logIn(credentials, from)).status).toBe(200)
  })

  test('are in the audit log', async () => {
    await api.query('TRUNCATE audit_log')
    await logIn({ ...credentials, password: 'guess' }, { 'x-forwarded-for': '192.0.2.44' })
    await logIn({ email: 'nobody@example.org', password: 'guess' })
    const rows = await api.query('SELECT action, target, client_ip, details FROM audit_log ORDER BY audit_id')
    const details = { factor: 'password', reason: 'LOGIN_FAILED' }
    expect(rows).toMatchObject([
      { action: 'session.log-in', target: credentials.email, client_ip: '192.0.2.44', details },
      { action: 'session.log-in', target: 'nobody@example.org', details },
    ])
  })
})

describe('passwords with several Unicode forms', () => {
  const composed = 'Größe-über-Älles-2026'.normalize('NFC')
  const decomposed = composed.normalize('NFD')

  test.each([
    { name: 'composed', set: composed },
    { name: 'decomposed', set: decomposed },
  ])('a password that was set $name opens the account in both forms', async ({ set }) => {
    await reset(set)
    for (const password of [composed, decomposed]) expect((await logIn({ ...credentials, password })).status).toBe(200)
    expect((await logIn({ ...credentials, password: 'Grosse-uber-Alles-2026' })).status).toBe(401)
  })

  test('a hash of an earlier version, of the text as it was typed, still opens the account', async () => {
    for (const typed of [decomposed, composed]) {
      await api.query('UPDATE accounts SET password_hash = $1', [await bcrypt.hash(typed, 4)])
      for (const password of [composed, decomposed]) expect((await logIn({ ...credentials, password })).status).toBe(200)
    }
  })

  afterAll(() => reset(credentials.password))
})

describe('a password that is changed on the console', () => {
  const of72Bytes = 'a'.repeat(72)
  const keys = '🔑'.repeat(18)
  let session: TestSession
  let current: string
  beforeAll(async () => {
    session = await api.login()
    current = credentials.password
  })
  afterAll(async () => {
    await reset(credentials.password)
    await api.query('TRUNCATE audit_log')
  })

  const change = (newPassword: string) =>
    request<{ detail: string }>(api, 'POST', '/api/account/password', { session, json: { currentPassword: current, newPassword } })

  test.each([
    { name: '72 bytes', password: of72Bytes, other: of72Bytes.slice(1) },
    { name: '18 characters of 4 bytes', password: keys, other: keys.slice(2) },
    { name: 'spaces at both ends', password: ' correct horse battery ', other: 'correct horse battery' },
    { name: 'a tab', password: 'correct\thorse battery', other: 'correct horse battery' },
    { name: 'full-width letters', password: 'ｃｏｒｒｅｃｔ　ｈｏｒｓｅ', other: 'correct horse' },
    { name: 'characters of zero width', password: 'correct\u200bhorse\u200d\ufeffbattery', other: 'correcthorsebattery' },
    { name: 'a decomposed form of more than 72 bytes', password: `${'üöäÜÖÄ'.repeat(5)}wxnmrpq`, other: 'uoaUOAwxnmrpq' },
  ])('is kept as it is, and opens the account in both Unicode forms: $name', async ({ password, other }) => {
    expect(await change(password)).toMatchObject({ status: 204 })
    current = password
    const forms = [...new Set([password.normalize('NFC'), password.normalize('NFD')])]
    for (const form of forms) expect((await logIn({ ...credentials, password: form })).status).toBe(200)
    expect((await logIn({ ...credentials, password: other })).status).toBe(401)
  })

  test.each([
    { name: '73 bytes', password: `${of72Bytes}x`, reason: /73 bytes/ },
    { name: '19 characters of 4 bytes', password: `${keys}🔑`, reason: /76 bytes/ },
    { name: '11 characters, 13 when decomposed', password: 'Größe-über1'.normalize('NFD'), reason: /at least 12 characters/ },
    { name: 'NUL', password: 'correct\0horse battery', reason: /./ },
    { name: 'half a surrogate pair', password: 'correct\ud83dhorse battery', reason: /./ },
  ])('is rejected: $name', async ({ password, reason }) => {
    expect(await change(password)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(reason) } })
  })
})

describe('session', () => {
  test('lasts a week, ends with a logout, and is rejected after it expires', async () => {
    const session = await api.login()
    const { body } = await request<SessionView>(api, 'GET', '/api/session', { session })
    expect(body.account.email).toBe(credentials.email)
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(7 * DAY_MS - 60_000)
    const out = await request(api, 'POST', '/logout', { session })
    expect(out.status).toBe(204)
    expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-guardimesh_session=; /)
    expect(await request(api, 'GET', '/api/session', { session })).toMatchObject({ status: 401, body: { code: 'SESSION_EXPIRED' } })
    const other = await api.login()
    await api.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`)
    expect(await request(api, 'GET', '/api/session', { session: other })).toMatchObject({ body: { code: 'SESSION_EXPIRED' } })
  })

  test('of an earlier version, whose cookie has no prefix, remains valid until the logout', async () => {
    const cookie = (await api.login()).cookie.replace('__Host-', '')
    expect(cookie).toMatch(/^guardimesh_session=/)
    expect((await request(api, 'GET', '/api/session', { headers: { cookie } })).status).toBe(200)
    const out = await request(api, 'POST', '/logout', { headers: { cookie } })
    expect(out.headers.getSetCookie().map((one) => one.split(';')[0])).toEqual(['__Host-guardimesh_session=', 'guardimesh_session='])
    expect((await request(api, 'GET', '/api/session', { headers: { cookie } })).status).toBe(401)
  })

  const json = { label: 'x', scopes: ['ingestion'] }
  test.each([
    { name: 'the console', headers: { origin: 'https://console.test' }, status: 201 },
    { name: 'a client that is not a browser', headers: {}, status: 201 },
    { name: 'another site', headers: { origin: 'https://evil.test' }, status: 403 },
    { name: 'the same name without TLS', headers: { origin: 'http://console.test' }, status: 403 },
    { name: 'a page without an origin', headers: { origin: 'null' }, status: 403 },
    { name: 'a browser that sends no Origin, from another site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  ])('responds to a change from $name with $status', async ({ headers, status }) => {
    const { cookie } = await api.login()
    const answer = await request(api, 'POST', '/api/keys/create', { json, headers: { ...headers, cookie } })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body.code).toBe('ORIGIN_REFUSED')
  })

  test('rejects login and logout from another site, and forms', async () => {
    const headers = { origin: 'https://evil.test' }
    expect(await logIn(credentials, headers)).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } })
    expect(await request(api, 'POST', '/logout', { headers })).toMatchObject({ status: 403 })
    const form = await fetch(`${api.url}/login`, { method: 'POST', body: new URLSearchParams(credentials) })
    expect([form.status, await form.json()]).toMatchObject([415, { code: 'MEDIA_TYPE_UNSUPPORTED' }])
    const text = await fetch(`${api.url}/login`, { method: 'POST', body: JSON.stringify(credentials) })
    expect(text.status).toBe(415)
  })
})

test('ends other sessions after a password change and records it in the audit log', async () => {
  const [session, other] = [await api.login(), await api.login()]
  const change = (currentPassword: string, newPassword: string) =>
    request(api, 'POST', '/api/account/password', { session, json: { currentPassword, newPassword } })
  expect(await change('wrong', 'a long new password')).toMatchObject({
    status: 401,
    body: { code: 'LOGIN_FAILED', detail: 'the current password is wrong' },
  })
  for (const refused of ['elevenchars', 'ä'.repeat(37), credentials.password, 'aaaaaaaaaaaa', 'P@ssw0rd2026!!'])
    expect(await change(credentials.password, refused)).toMatchObject({ status: 400, body: { code: 'PASSWORD_UNACCEPTABLE' } })
  expect((await change(credentials.password, 'a long new password')).status).toBe(204)
  expect((await request(api, 'GET', '/api/session', { session })).status).toBe(200)
  expect((await request(api, 'GET', '/api/session', { session: other })).status).toBe(401)
  expect((await logIn(credentials)).status).toBe(401)
  expect((await logIn({ ...credentials, password: 'a long new password' })).status).toBe(200)
  const rows = await api.query(`SELECT actor_kind, actor_name, target, client_ip FROM audit_log WHERE action = 'account.change-password'`)
  expect(rows).toEqual([{ actor_kind: 'account', actor_name: credentials.email, target: credentials.email, client_ip: '127.0.0.1' }])
})

test('creates one administrator if replicas start concurrently with an empty database', async () => {
  await api.query('TRUNCATE accounts CASCADE')
  const log = createLogger('test', 'silent')
  const replicas = await Promise.all([1, 2, 3].map(() => createApi(api.config, log)))
  try {
    await Promise.all(replicas.map((replica) => replica.listen('127.0.0.1', 0)))
    expect(await api.query('SELECT email, role FROM accounts')).toEqual([{ email: credentials.email, role: 'administrator' }])
    const file = api.config.firstAdminPasswordFile ?? ''
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const password = (await readFile(file, 'utf8')).trim()
    expect(password).not.toBe(credentials.password)
    expect((await logIn({ ...credentials, password })).status).toBe(200)
    const [row] = await api.query<{ hash: string }>('SELECT password_hash AS hash FROM accounts')
    expect(row?.hash).toMatch(/^\$2b\$12\$/)
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()))
  }
})
