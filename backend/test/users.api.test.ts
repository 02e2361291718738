import type { AccountDetails, AccountList, Invitation, InvitationView, Role, SessionList, SessionView } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import bcrypt from 'bcrypt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

const PASSWORD = 'seven purple walruses'

let api: TestApi
let admin: TestSession
let passwordHash: string

beforeAll(async () => {
  api = await startTestApi()
  admin = await api.login()
  passwordHash = await bcrypt.hash(PASSWORD, 4)
})
afterAll(() => api.close())

const asAdmin = <Body>(method: string, path: string, json?: unknown) => request<Body>(api, method, path, { session: admin, json })

async function invite(name: string, role: Role): Promise<Invitation> {
  const answer = await asAdmin<Invitation>('POST', '/api/accounts', { email: `${name}@example.org`, displayName: name, role })
  expect(answer.status).toBe(201)
  return answer.body
}
const accept = (token: string, password = PASSWORD) => request(api, 'POST', '/api/invitations/accept', { json: { token, password } })

async function logIn(email: string, headers: Record<string, string> = {}): Promise<TestSession> {
  const answer = await request(api, 'POST', '/login', { json: { email, password: PASSWORD }, headers })
  expect(answer.status).toBe(200)
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', origin: admin.origin }
}

/** Creates a user with PASSWORD. */
async function aUser(name: string, role: Role = 'viewer'): Promise<AccountDetails> {
  const { account } = await invite(name, role)
  await api.query(`UPDATE accounts SET password_hash = $2 WHERE account_id = $1`, [account.accountId, passwordHash])
  return account
}
const aSession = async (email: string): Promise<TestSession> => ({ cookie: await api.createSession(email), origin: admin.origin })

const roleOf = async (session: TestSession) => (await request<SessionView>(api, 'GET', '/api/session', { session })).body.account?.role
const actionsOf = async (email: string) =>
  (await api.query<{ action: string }>('SELECT action FROM audit_log WHERE target = $1 ORDER BY audit_id', [email])).map(
    ({ action }) => action,
  )

/** Opens an event stream. @returns a promise that resolves when the server ends it. */
async function openStream(url: string, session: TestSession): Promise<{ ended: Promise<void>; isEnded: () => boolean }> {
  const response = await fetch(`${url}/api/findings/stream`, { headers: { ...session } })
  expect(response.status).toBe(200)
  let isEnded = false
  const ended = (async () => {
    try {
      for await (const _ of response.body ?? []);
    } catch {
      // The server destroys the connection.
    }
    isEnded = true
  })()
  return { ended, isEnded: () => isEnded }
}

test('invites a user with a link that works once', async () => {
  const { account, token, expiresAt } = await invite('maria', 'analyst')
  expect(account).toMatchObject({ email: 'maria@example.org', role: 'analyst', state: 'invited', lastLogInAt: null })
  expect(account.invitationExpiresAt).toBe(expiresAt)
  const read = () => request<InvitationView>(api, 'POST', '/api/invitations/read', { json: { token } })
  expect((await read()).body).toEqual({ email: 'maria@example.org', displayName: 'maria', expiresAt })
  expect(await request(api, 'POST', '/login', { json: { email: account.email, password: PASSWORD } })).toMatchObject({ status: 401 })
  expect(await accept(token, 'maria-maria-maria')).toMatchObject({ status: 400, body: { code: 'PASSWORD_UNACCEPTABLE' } })
  const answers = await Promise.all([accept(token), accept(token)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404])
  expect(await read()).toMatchObject({ status: 404, body: { code: 'INVITATION_INVALID' } })
  expect(await roleOf(await logIn('Maria@example.org'))).toBe('analyst')
  const { body } = await asAdmin<AccountList>('GET', '/api/accounts')
  expect(body.items.map(({ email, state }) => `${email} ${state}`)).toEqual(['admin@example.org active', 'maria@example.org active'])
  expect(body.items[1]).toMatchObject({ invitationExpiresAt: null, lastLogInAt: expect.any(String) })
  expect(await actionsOf(account.email)).toEqual(['account.invite', 'session.log-in', 'account.accept-invitation', 'session.log-in'])
  const stored =
    JSON.stringify(await api.query('SELECT * FROM audit_log')) + JSON.stringify(await api.query('SELECT * FROM account_invitations'))
  expect(stored).not.toContain(token)
})

test('a new link replaces the earlier one, sets a forgotten password and ends all sessions', async () => {
  const { accountId, email } = await aUser('forgetful')
  const session = await aSession(email)
  const renew = async () => (await asAdmin<Invitation>('POST', `/api/accounts/${accountId}/invitation`)).body.token
  const [first, second] = [await renew(), await renew()]
  expect((await accept(first)).body).toMatchObject({ code: 'INVITATION_INVALID' })
  expect(await roleOf(session)).toBe('viewer')
  expect((await accept(second)).status).toBe(204)
  expect(await request(api, 'GET', '/api/session', { session })).toMatchObject({ status: 401 })
  const third = await renew()
  await api.query(`UPDATE account_invitations SET expires_at = now() - interval '1 second'`)
  expect(await accept(third)).toMatchObject({ status: 404, body: { code: 'INVITATION_INVALID' } })
})

test.each([
  {
    name: 'an existing address',
    json: { email: 'ADMIN@example.org', displayName: 'x', role: 'viewer' },
    status: 409,
    code: 'ACCOUNT_EXISTS',
  },
  { name: 'an unknown role', json: { email: 'x@example.org', displayName: 'x', role: 'root' }, status: 400, code: 'BODY_INVALID' },
  { name: 'no address', json: { email: 'x', displayName: 'x', role: 'viewer' }, status: 400, code: 'BODY_INVALID' },
])('rejects an invitation with $name', async ({ json, status, code }) => {
  expect(await asAdmin('POST', '/api/accounts', json)).toMatchObject({ status, body: { code } })
})

describe('a change of a user', () => {
  test('of the role applies to the next request and to open streams, in all processes', async () => {
    const { accountId, email } = await aUser('promoted')
    const session = await aSession(email)
    const other = await createApi(api.config, createLogger('test', 'silent'))
    try {
      const stream = await openStream(await other.listen('127.0.0.1', 0), session)
      const changeSettings = () => request(api, 'PUT', '/api/signatures/staleness', { session, json: { warnHours: 3, criticalHours: 4 } })
      expect(await changeSettings()).toMatchObject({ status: 403, body: { code: 'ROLE_MISSING' } })
      const change = await asAdmin<AccountDetails>('PATCH', `/api/accounts/${accountId}`, { role: 'signature_manager' })
      expect(change.body).toMatchObject({ role: 'signature_manager', state: 'active' })
      expect((await changeSettings()).status).toBe(200)
      await stream.ended
      await asAdmin('PATCH', `/api/accounts/${accountId}`, { role: 'viewer' })
      expect((await changeSettings()).status).toBe(403)
    } finally {
      await other.close()
    }
    const [entry] = await api.query<{ details: object }>(
      `SELECT details FROM audit_log WHERE action = 'account.change' ORDER BY audit_id LIMIT 1`,
    )
    expect(entry?.details).toEqual({
      before: { displayName: 'promoted', role: 'viewer', state: 'active' },
      after: { displayName: 'promoted', role: 'signature_manager', state: 'active' },
    })
  })

  test('to deactivated ends sessions and streams at once, and the user cannot log in until it is undone', async () => {
    const { accountId, email } = await aUser('leaver')
    const session = await aSession(email)
    const stream = await openStream(api.url, session)
    const { token } = (await asAdmin<Invitation>('POST', `/api/accounts/${accountId}/invitation`)).body
    await api.query(
      `INSERT INTO login_challenges (token_hash, account_id, expires_at) VALUES (sha256('x'), $1, now() + interval '1 hour')`,
      [accountId],
    )
    expect((await asAdmin('PATCH', `/api/accounts/${accountId}`, { isActive: false })).body).toMatchObject({
      state: 'deactivated',
      invitationExpiresAt: null,
    })
    expect(await request(api, 'GET', '/api/session', { session })).toMatchObject({ status: 401, body: { code: 'SESSION_EXPIRED' } })
    await stream.ended
    const json = { email, password: PASSWORD }
    expect(await request(api, 'POST', '/login', { json })).toMatchObject({ status: 401, body: { code: 'LOGIN_FAILED' } })
    expect((await asAdmin('PATCH', `/api/accounts/${accountId}`, { isActive: true })).body).toMatchObject({ state: 'active' })
    expect((await accept(token)).body).toMatchObject({ code: 'INVITATION_INVALID' })
    expect(await api.query('SELECT FROM login_challenges WHERE account_id = $1', [accountId])).toEqual([])
    expect(await roleOf(await logIn(email))).toBe('viewer')
  })

  test('never removes the last active administrator, also if two remove each other', async () => {
    const [own] = (await asAdmin<AccountList>('GET', '/api/accounts')).body.items
    const path = `/api/accounts/${own?.accountId}`
    await invite('not-yet-administrator', 'administrator')
    for (const [method, json] of [
      ['PATCH', { role: 'analyst' }],
      ['PATCH', { isActive: false }],
      ['DELETE', undefined],
    ] as const)
      expect(await asAdmin(method, path, json)).toMatchObject({ status: 409, body: { code: 'LAST_ADMINISTRATOR' } })
    expect((await asAdmin('PATCH', path, { displayName: 'First' })).status).toBe(200)
    const { accountId, email } = await aUser('second', 'administrator')
    const second = await aSession(email)
    const results = await Promise.all([
      asAdmin('PATCH', `/api/accounts/${accountId}`, { role: 'viewer' }),
      request(api, 'PATCH', path, { session: second, json: { role: 'viewer' } }),
    ])
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1)
    await api.query(`UPDATE accounts SET role = 'administrator' WHERE account_id = $1`, [own?.accountId])
    await asAdmin('DELETE', `/api/accounts/${accountId}`)
  })

  test('rejects unknown users and empty changes', async () => {
    for (const accountId of ['none', '00000000-0000-0000-0000-000000000000'])
      expect(await asAdmin('PATCH', `/api/accounts/${accountId}`, { role: 'viewer' })).toMatchObject({
        status: 404,
        body: { code: 'ACCOUNT_NOT_FOUND' },
      })
    expect(await asAdmin('PATCH', '/api/accounts/none', {})).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  })
})

test('deletes a user with all sessions', async () => {
  const { accountId, email } = await aUser('deleted')
  const session = await aSession(email)
  expect((await asAdmin('DELETE', `/api/accounts/${accountId}`)).status).toBe(204)
  expect((await request(api, 'GET', '/api/session', { session })).status).toBe(401)
  expect(await asAdmin('DELETE', `/api/accounts/${accountId}`)).toMatchObject({ body: { code: 'ACCOUNT_NOT_FOUND' } })
  expect((await actionsOf(email)).at(-1)).toBe('account.delete')
})

describe('sessions', () => {
  const listOwn = (session: TestSession) => request<SessionList>(api, 'GET', '/api/account/sessions', { session })

  test('are listed with address, browser and last use, and end one by one with their streams', async () => {
    const { email } = await aUser('traveller')
    const [laptop, phone] = [await logIn(email, { 'user-agent': 'Laptop' }), await logIn(email, { 'user-agent': 'P'.repeat(400) })]
    const { items } = (await listOwn(laptop)).body
    expect(items).toHaveLength(2)
    const own = items.find(({ isCurrent }) => isCurrent)
    expect(own).toMatchObject({ userAgent: 'Laptop', clientIp: '127.0.0.1' })
    const other = items.find(({ isCurrent }) => !isCurrent)
    expect(other?.userAgent).toBe('P'.repeat(300))
    const [ended, kept] = [await openStream(api.url, phone), await openStream(api.url, laptop)]
    const end = () => request(api, 'DELETE', `/api/account/sessions/${other?.sessionId}`, { session: laptop })
    expect((await end()).status).toBe(204)
    await ended.ended
    expect(kept.isEnded()).toBe(false)
    expect((await listOwn(phone)).status).toBe(401)
    expect(await end()).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } })
    expect((await request(api, 'POST', '/logout', { session: laptop })).status).toBe(204)
    await kept.ended
  })

  test('of other users cannot be ended by users, but by administrators', async () => {
    const [victim, attacker] = [await aUser('victim'), await aUser('attacker')]
    const [session, foreign] = [await aSession(victim.email), await aSession(attacker.email)]
    const path = `/api/accounts/${victim.accountId}/sessions`
    const [listed] = (await asAdmin<SessionList>('GET', path)).body.items
    expect(listed).toMatchObject({ isCurrent: false })
    expect(await request(api, 'DELETE', `/api/account/sessions/${listed?.sessionId}`, { session: foreign })).toMatchObject({ status: 404 })
    expect(await request(api, 'DELETE', path, { session: foreign })).toMatchObject({ status: 403 })
    expect(await roleOf(session)).toBe('viewer')
    expect((await asAdmin('DELETE', `${path}/${listed?.sessionId}`)).status).toBe(204)
    expect((await listOwn(session)).status).toBe(401)
    const again = await aSession(victim.email)
    expect((await asAdmin('DELETE', path)).status).toBe(204)
    expect((await listOwn(again)).status).toBe(401)
    expect((await actionsOf(victim.email)).slice(-2)).toEqual(['session.end', 'session.end-all'])
  })

  test('all but the current one end on request', async () => {
    const { email } = await aUser('tidy')
    const [kept, ...others] = [await aSession(email), await aSession(email), await aSession(email)]
    expect((await request(api, 'DELETE', '/api/account/sessions', { session: kept })).status).toBe(204)
    for (const session of others) expect((await listOwn(session)).status).toBe(401)
    expect((await listOwn(kept)).body.items).toHaveLength(1)
  })

  test('end when they are idle; each use extends them', async () => {
    const { email } = await aUser('idle')
    const session = await aSession(email)
    const lastUsed = (interval: string) =>
      api.query(
        `UPDATE sessions SET last_seen_at = now() - $2::interval, client_ip = 'old' FROM accounts
         WHERE accounts.account_id = sessions.account_id AND email = $1`,
        [email, interval],
      )
    await lastUsed('23 hours 59 minutes')
    expect((await listOwn(session)).status).toBe(200)
    const used = await waitFor(async () => (await listOwn(session)).body.items.find(({ clientIp }) => clientIp === '127.0.0.1'))
    expect(Date.now() - Date.parse(used.lastUsedAt)).toBeLessThan(60_000)
    await lastUsed('24 hours 1 minute')
    expect(await listOwn(session)).toMatchObject({ status: 401, body: { code: 'SESSION_EXPIRED' } })
  })
})
