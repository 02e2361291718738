import { X509Certificate } from 'node:crypto'
import { readFileSync, renameSync, symlinkSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import type { Agent } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { SECURE_SESSION_COOKIE } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { captureLog } from './captured-log.js'
import { waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { ask, type HttpsAnswer, keptConnection } from './https-client.js'

const NAMES = ['DNS:localhost', 'IP:127.0.0.1', 'IP:::1']
/** Level of errors in pino. */
const ERROR_LEVEL = 50
/** The files are checked every two seconds; an invalid pair is logged at the second check. */
const SWAP_TIMEOUT_MS = 15_000

let authority: TestAuthority
let ca: Buffer
let api: TestApi
const { log, lines } = captureLog()
const tls = () => ({ certificateFile: join(authority.folder, 'mounted/tls.crt'), keyFile: join(authority.folder, 'mounted/tls.key') })
const fingerprintOf = (certificateFile: string) => new X509Certificate(readFileSync(certificateFile)).fingerprint256
const fingerprintShown = async () => (await ask(`${api.url}/livez`, { ca })).fingerprint
const metric = async (name: string) => {
  const { text } = await ask(`${api.url}/metrics`, { ca })
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
}

let generations = 0

/** Replaces two files as Kubernetes does: creates a folder and atomically renames the link to it. */
async function mount(certificateFile: string, keyFile: string): Promise<void> {
  const folder = join(authority.folder, `generation-${++generations}`)
  await mkdir(folder)
  await copyFile(certificateFile, join(folder, 'tls.crt'))
  await copyFile(keyFile, join(folder, 'tls.key'))
  symlinkSync(folder, `${folder}.link`)
  renameSync(`${folder}.link`, join(authority.folder, 'mounted'))
}

beforeAll(async () => {
  authority = await createAuthority('test authority')
  ca = readFileSync(authority.caFile)
  const first = await authority.issue(...NAMES)
  await mount(first.certificateFile, first.keyFile)
  api = await startTestApi({
    log,
    config: { tls: tls(), publicUrl: undefined, listenHost: '::', trustedProxies: ['127.0.0.2', '10.0.0.0/8'] },
  })
})
afterAll(async () => {
  await api.close()
  await rm(authority.folder, { recursive: true })
})
beforeEach(() => {
  lines.length = 0
})

const portOf = (url: string) => Number(new URL(url).port)

test('listens on all addresses with TLS 1.2 or later', async () => {
  const port = portOf(api.url)
  for (const host of ['127.0.0.1', '[::1]', 'localhost'])
    expect(await ask(`https://${host}:${port}/readyz`, { ca })).toMatchObject({ status: 200, text: 'ok\n' })
  const old = connect({ port, host: '127.0.0.1', ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  await expect(new Promise((resolve, reject) => old.once('error', reject).once('secureConnect', resolve))).rejects.toThrow()
})

test.each(['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES128-SHA256'])(
  'refuses the suite %s, which does not authenticate its encryption',
  async (ciphers) => {
    const old = connect({ port: portOf(api.url), host: '127.0.0.1', ca, servername: 'localhost', maxVersion: 'TLSv1.2', ciphers })
    await expect(new Promise((resolve, reject) => old.once('error', reject).once('secureConnect', resolve))).rejects.toThrow(/handshake/)
  },
)

test('activates a new certificate without failed requests', async () => {
  const next = await authority.issue(...NAMES)
  const wanted = fingerprintOf(next.certificateFile)
  const before = await fingerprintShown()
  const failures: unknown[] = []
  const answers = { old: 0, fresh: 0, kept: 0 }
  let isDone = false
  const count = ({ status, isReused, fingerprint }: HttpsAnswer) => {
    if (status !== 200) failures.push(status)
    answers[isReused ? 'kept' : fingerprint === wanted ? 'fresh' : 'old']++
  }
  const client = async (agent?: Agent) => {
    while (!isDone) await ask(`${api.url}/api/v1/version`, { ca, ...(agent ? { agent } : {}) }).then(count, (error) => failures.push(error))
  }
  const kept = [keptConnection(), keptConnection()]
  const clients = [client(), client(), ...kept.map((agent) => client(agent))]
  await waitFor(() => answers.old > 10 && answers.kept > 10)
  await mount(next.certificateFile, next.keyFile)
  await waitFor(() => answers.fresh > 10, SWAP_TIMEOUT_MS)
  isDone = true
  await Promise.all(clients)
  expect(failures).toEqual([])
  for (const agent of kept) {
    // Existing connections continue with their certificate.
    const answer = await ask(`${api.url}/livez`, { ca, agent })
    expect(answer).toMatchObject({ isReused: true, fingerprint: before })
    agent.destroy()
  }
  expect(await metric('guardimesh_tls_certificate_expiry_timestamp_seconds')).toBe(
    new X509Certificate(readFileSync(next.certificateFile)).validToDate.getTime() / 1000,
  )
}, 60_000)

test('logs an invalid certificate once and keeps the old one until a valid one is available', async () => {
  const before = await fingerprintShown()
  const [one, other] = [await authority.issue(...NAMES), await authority.issue(...NAMES)]
  await mount(one.certificateFile, other.keyFile)
  const errors = () => lines.filter(({ level }) => level === ERROR_LEVEL)
  const line = await waitFor(() => errors()[0], SWAP_TIMEOUT_MS)
  expect(line.reason).toBe('the key does not match the certificate')
  expect(await fingerprintShown()).toBe(before)
  await rm(tls().keyFile)
  await waitFor(() => errors().length === 2, SWAP_TIMEOUT_MS)
  expect(String(errors()[1]?.reason)).toContain('ENOENT')
  expect(await fingerprintShown()).toBe(before)
  await mount(other.certificateFile, other.keyFile)
  await waitFor(async () => (await fingerprintShown()) === fingerprintOf(other.certificateFile), SWAP_TIMEOUT_MS)
  expect(errors()).toHaveLength(2)
}, 60_000)

test('fails to start with an invalid certificate', async () => {
  const { certificateFile } = await authority.issue(...NAMES)
  const config = { ...api.config, tls: { certificateFile, keyFile: authority.caFile } }
  await expect(createApi(config, log)).rejects.toThrow(/invalid certificate/)
})

test('requires the request origin and sets a secure cookie without PUBLIC_URL', async () => {
  const json = await api.administrator()
  const logIn = (headers: Record<string, string>) => ask(`${api.url}/login`, { ca, method: 'POST', json, headers })
  const host = 'guardimesh.example:8443'
  const good = await logIn({ host, origin: `https://${host}` })
  expect(good).toMatchObject({ status: 200, headers: { 'strict-transport-security': expect.any(String) } })
  expect(good.headers['set-cookie']?.[0]).toMatch(new RegExp(`^${SECURE_SESSION_COOKIE}=.*; Secure; SameSite=Strict`))
  expect((await logIn({ host: 'Guardimesh.example:443', origin: 'https://guardimesh.example' })).status).toBe(200)
  for (const origin of [`http://${host}`, 'https://evil.test', 'https://guardimesh.example', 'null']) {
    const refused = await logIn({ host, origin })
    expect(refused.status, origin).toBe(403)
    expect(refused.text).toContain('ORIGIN_REFUSED')
  }
  // An untrusted proxy cannot set the requested host.
  expect((await logIn({ host, origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' })).status).toBe(403)
})

test('accepts client addresses from trusted proxies only', async () => {
  const json = await api.administrator()
  const logIn = async (localAddress: string, forwarded: string) => {
    const { port } = new URL(api.url)
    const body = JSON.stringify(json)
    const socket = connect({ port: Number(port), host: '127.0.0.1', ca, localAddress } as never)
    socket.write(
      `POST /login HTTP/1.1\r\nhost: inner:8443\r\norigin: https://outer.example\r\nx-forwarded-host: outer.example\r\nx-forwarded-for: ${forwarded}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    return text.slice(0, 12)
  }
  // The last two hops are trusted; clients can forge earlier entries.
  expect(await logIn('127.0.0.2', '6.6.6.6, 198.51.100.7, 10.1.2.3')).toBe('HTTP/1.1 200')
  expect(await logIn('127.0.0.1', '198.51.100.7')).toBe('HTTP/1.1 403')
  const rows = await api.query(`SELECT client_ip FROM audit_log WHERE action = 'session.log-in' ORDER BY audit_id DESC LIMIT 1`)
  expect(rows).toEqual([{ client_ip: '198.51.100.7' }])
  // Without a proxy: the peer address as IPv4.
  expect((await ask(`https://127.0.0.1:${portOf(api.url)}/login`, { ca, method: 'POST', json })).status).toBe(200)
  const direct = await api.query(`SELECT client_ip FROM audit_log WHERE action = 'session.log-in' ORDER BY audit_id DESC LIMIT 1`)
  expect(direct).toEqual([{ client_ip: '127.0.0.1' }])
})

test('finishes requests, ends streams with a reconnect delay, and closes idle connections on shutdown', async () => {
  const replica = await createApi(api.config, log)
  const url = await replica.listen('127.0.0.1', 0)
  const key = await api.createKey('console:read')
  const headers = { authorization: `Bearer ${key}` }
  let streamed = ''
  const onData = (text: string) => {
    streamed = text
  }
  const stream = ask(`${url}/api/findings/stream`, { ca, headers, onData })
  const idle = connect({ port: portOf(url), host: '127.0.0.1', ca })
  const silent = connectTcp({ port: portOf(url), host: '127.0.0.1' })
  const ends = [idle, silent].map(
    (socket) =>
      new Promise((resolve) =>
        socket
          .resume()
          .on('error', () => undefined)
          .once('close', resolve),
      ),
  )
  await waitFor(() => streamed.startsWith('retry: 1000'))
  const locker = new pg.Client({ connectionString: api.config.databaseUrl })
  await locker.connect()
  await locker.query('BEGIN; LOCK TABLE nodes IN ACCESS EXCLUSIVE MODE')
  const slow = ask(`${url}/api/nodes`, { ca, headers })
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  await waitFor(async () => (await api.query(waiting)).length > 0)
  const startMs = Date.now()
  const closed = replica.close()
  expect((await stream).text).toMatch(/\nretry: \d{4}\n\n$/)
  await locker.end()
  expect((await slow).status).toBe(200)
  await Promise.all([closed, ...ends])
  expect(Date.now() - startMs).toBeLessThan(8000)
})
