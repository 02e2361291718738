import type { RecoveryCodes, TotpSecret, TwoFactorView } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import bcrypt from 'bcrypt'
import { generate } from 'otplib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setPassword } from '../src/features/accounts/set-password.js'
import { TotpEncryptionService } from '../src/features/two-factor/totp-encryption.service.js'
import { Database } from '../src/platform/database/database.js'
import { SecretCipher } from '../src/platform/secrets/secret-cipher.js'
import { type Answer, request } from './client.js'
import { startTestApi, TEST_KEY, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let credentials: { email: string; password: string }
let session: TestSession
let fastHash: string
let secret: string
let recoveryCodes: readonly string[]
const database = () => new Database({ databaseUrl: api.config.databaseUrl, applicationName: 'test' })

beforeAll(async () => {
  api = await startTestApi({ config: { trustedProxies: ['127.0.0.1'] } })
  credentials = await api.administrator()
  fastHash = await bcrypt.hash(credentials.password, 4)
})
afterAll(() => api.close())

/** Turns the second factor on with a new secret. */
beforeEach(async () => {
  await api.query('TRUNCATE login_failures, audit_log, account_recovery_codes, login_challenges')
  // A low cost, because most tests log in several times.
  await api.query('UPDATE accounts SET totp_secret = NULL, totp_enabled_at = NULL, password_hash = $1', [fastHash])
  session = { cookie: await api.createSession(credentials.email), origin: 'http://console.test' }
  secret = (await change<TotpSecret>('', { currentPassword: credentials.password })).body.secret
  recoveryCodes = (await change<RecoveryCodes>('/confirm', { code: await codeAt(0) })).body.recoveryCodes
  // So that tests can use the current code.
  await api.query('UPDATE accounts SET totp_last_step = 0')
  expect(recoveryCodes).toHaveLength(10)
})

const change = <Body>(path: string, json: unknown) => request<Body>(api, 'POST', `/api/account/two-factor${path}`, { session, json })
const read = async () => (await request<TwoFactorView>(api, 'GET', '/api/account/two-factor', { session })).body
/** The code of the app at another time; a code is accepted up to 30 seconds early or late. */
const codeAt = (offsetSeconds: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + offsetSeconds })

const cookieOf = (answer: Answer<unknown>, name: string) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0] ?? ''

/** Sends email address and password. @returns the cookie for the second step. */
async function enterPassword(headers: Record<string, string> = {}): Promise<string> {
  const answer = await request<object>(api, 'POST', '/login', { json: credentials, headers })
  expect([answer.status, answer.body]).toEqual([200, { totp_required: true }])
  expect(cookieOf(answer, 'guardimesh_session')).toBe('')
  return cookieOf(answer, 'guardimesh_login')
}
const enterCode = (cookie: string, code: string, headers: Record<string, string> = {}) =>
  request(api, 'POST', '/login/verify-totp', { json: { code }, headers: { ...headers, cookie } })

test('asks for a code after the password, and accepts each code once', async () => {
  const [first, second] = [await enterPassword(), await enterPassword()]
  const code = await codeAt(0)
  const answers = await Promise.all([enterCode(first, code), enterCode(second, code)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  const accepted = answers.find(({ status }) => status === 200)
  const cookie = accepted ? cookieOf(accepted, 'guardimesh_session') : ''
  expect((await request(api, 'GET', '/api/session', { headers: { cookie } })).status).toBe(200)
  const third = await enterPassword()
  expect(await enterCode(third, code)).toMatchObject({ status: 401, body: { code: 'LOGIN_FAILED' } })
  // Older than the code that was used.
  expect((await enterCode(third, await codeAt(-30))).status).toBe(401)
  expect((await enterCode(third, await codeAt(30))).status).toBe(200)
  expect(await enterCode(third, await codeAt(30))).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
})

test('the password alone, and a code without it, open nothing', async () => {
  const cookie = await enterPassword()
  expect((await request(api, 'GET', '/api/session', { headers: { cookie } })).status).toBe(401)
  expect(await enterCode('', await codeAt(0))).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  await api.query(`UPDATE login_challenges SET expires_at = now() - interval '1 second'`)
  expect(await enterCode(cookie, await codeAt(0))).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
})

test('accepts each recovery code once, in any case and with or without hyphens', async () => {
  const [code = '', other = ''] = recoveryCodes
  expect((await enterCode(await enterPassword(), code.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
  expect((await enterCode(await enterPassword(), code)).status).toBe(401)
  expect(await read()).toEqual({ isEnabled: true, recoveryCodesLeft: 9 })
  const renewed = await change<RecoveryCodes>('/recovery-codes', { currentPassword: credentials.password })
  expect((await enterCode(await enterPassword(), other)).status).toBe(401)
  expect((await enterCode(await enterPassword(), renewed.body.recoveryCodes[0] ?? '')).status).toBe(200)
  const log = await api.query<{ details: object }>(`SELECT details FROM audit_log WHERE action = 'session.log-in' ORDER BY audit_id`)
  expect(log.at(-1)?.details).toEqual({ factor: 'recovery-code' })
})

test('limits guesses per login and per client, also with the right password', async () => {
  const cookie = await enterPassword()
  for (let at = 0; at < 5; at++) expect(await enterCode(cookie, '000000')).toMatchObject({ status: 401, body: { code: 'LOGIN_FAILED' } })
  expect(await enterCode(cookie, await codeAt(0))).toMatchObject({ body: { code: 'UNAUTHENTICATED' } })
  expect(await enterCode(await enterPassword(), await codeAt(0))).toMatchObject({ status: 429, body: { code: 'LOGIN_THROTTLED' } })
})

test('limits guesses from many addresses, and lets in a client with an earlier login', async () => {
  expect((await enterCode(await enterPassword(), await codeAt(0))).status).toBe(200)
  const answers: Answer<{ detail: string }>[] = []
  for (let at = 1; at <= 6; at++) {
    const stranger = { 'x-forwarded-for': `192.0.2.${at}` }
    answers.push(await enterCode(await enterPassword(stranger), '000000', stranger))
  }
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429])
  expect(answers.at(-1)?.body.detail).toContain('for this account; retry')
  expect((await enterCode(await enterPassword(), await codeAt(30))).status).toBe(200)
})

test('requires the password for changes, ends other sessions, and stores no secret in plain text', async () => {
  const wrong = { currentPassword: 'wrong password' }
  for (const path of ['', '/disable', '/recovery-codes'])
    expect(await change(path, wrong)).toMatchObject({ status: 401, body: { code: 'LOGIN_FAILED' } })
  expect(await change('', { currentPassword: credentials.password })).toMatchObject({ status: 409, body: { code: 'TWO_FACTOR_ENABLED' } })
  expect(await change('/confirm', { code: '123456' })).toMatchObject({ status: 409, body: { code: 'TWO_FACTOR_ENABLED' } })
  const [stored] = await api.query<{ text: string; sessions: number }>(
    `SELECT concat(row_to_json(accounts), (SELECT json_agg(codes) FROM account_recovery_codes AS codes), (SELECT json_agg(l) FROM audit_log AS l)) AS text,
       (SELECT count(*)::int FROM sessions) AS sessions FROM accounts`,
  )
  for (const plain of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
    expect(stored?.text).not.toContain(plain)
  expect(stored?.text).toContain('gmenc1.')
  expect(stored?.sessions).toBe(1)
})

test('records a wrong password and a wrong set-up code once, as failures of the user', async () => {
  expect((await change('/disable', { currentPassword: credentials.password })).status).toBe(204)
  expect((await change('', { currentPassword: 'wrong password' })).status).toBe(401)
  expect((await change('', { currentPassword: credentials.password })).status).toBe(201)
  expect((await change('/confirm', { code: '000000' })).status).toBe(401)
  const failures = await api.query(
    `SELECT actor_kind, actor_name, action, details->>'factor' AS factor FROM audit_log WHERE result = 'failure' ORDER BY audit_id`,
  )
  const entry = { actor_kind: 'account', actor_name: credentials.email, action: 'account.confirm' }
  expect(failures).toEqual([
    { ...entry, factor: 'password' },
    { ...entry, factor: 'second-factor' },
  ])
})

test('is turned off by the user, by an administrator, and by the command that sets a password', async () => {
  expect((await change('/disable', { currentPassword: credentials.password })).status).toBe(204)
  expect(await read()).toEqual({ isEnabled: false, recoveryCodesLeft: 0 })
  const [account] = await api.query<{ id: string }>('SELECT account_id AS id FROM accounts')
  const enable = () => api.query(`UPDATE accounts SET totp_secret = 'gmenc1', totp_enabled_at = now()`)
  await enable()
  expect((await request(api, 'DELETE', `/api/accounts/${account?.id}/two-factor`, { session })).status).toBe(204)
  expect((await read()).isEnabled).toBe(false)
  await enable()
  const own = database()
  await setPassword(own, credentials.email, credentials.password)
  await own.close()
  session = await api.login()
  expect((await read()).isEnabled).toBe(false)
  const actions = await api.query(`SELECT action FROM audit_log WHERE action LIKE '%two-factor' ORDER BY audit_id`)
  expect(actions).toEqual(['enable', 'disable', 'disable'].map((verb) => ({ action: `account.${verb}-two-factor` })))
})

test('a new key encrypts the secrets again, and codes remain valid', async () => {
  const own = database()
  const newKey = Buffer.alloc(TEST_KEY.length, 'new')
  const rotated = new SecretCipher([newKey, TEST_KEY])
  await new TotpEncryptionService(own, rotated, createLogger('test', 'silent')).encryptAll()
  const [row] = await api.query<{ secret: string }>('SELECT totp_secret AS secret FROM accounts')
  expect(rotated.isCurrent(row?.secret ?? '')).toBe(true)
  await new TotpEncryptionService(own, new SecretCipher([TEST_KEY, newKey]), createLogger('test', 'silent')).encryptAll()
  await own.close()
  expect((await enterCode(await enterPassword(), await codeAt(0))).status).toBe(200)
})
