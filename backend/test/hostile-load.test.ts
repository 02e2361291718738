import { connect, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { createLogger, sleep, uuidV7 } from '@guardimesh/kit'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyIn } from '../src/platform/database/copy-in.js'
import { createPool } from '../src/platform/database/create-pool.js'
import { inTransaction } from '../src/platform/database/transaction.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aResult, batchBody, post } from './messages.js'

const RESULTS = '/api/v1/scan/results'
let api: TestApi
let key: string
let logged = ''

beforeAll(async () => {
  const sink = new PassThrough().on('data', (chunk: Buffer) => {
    logged += chunk.toString()
  })
  const like = createLogger('test')
  api = await startTestApi({ log: pino({ level: 'debug', serializers: Reflect.get(like, pino.symbols.serializersSym) }, sink) })
  key = await api.createKey('ingestion')
})
afterAll(() => api.close())

/** Opens a connection, writes, and collects the response. */
async function raw(text: string): Promise<{ socket: Socket; answer: () => string }> {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  socket.on('error', () => undefined)
  await new Promise<void>((resolve) => socket.write(text, () => resolve()))
  return { socket, answer: () => answer }
}

test('serves nodes, probes and logins without delay during slow queries of the console', async () => {
  const read = await api.createKey('console:read')
  const client = new pg.Client({ connectionString: api.config.databaseUrl })
  await client.connect()
  await client.query('BEGIN; LOCK TABLE pods IN ACCESS EXCLUSIVE MODE')
  const slow = Array.from({ length: 20 }, () => request(api, 'GET', '/api/pods', { key: read }))
  await sleep(300)
  const fresh = await api.createKey('ingestion')
  const startedAtMs = performance.now()
  expect((await post(api, RESULTS, fresh, batchBody([aResult()]))).status).toBe(200)
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
  await api.login()
  expect(performance.now() - startedAtMs).toBeLessThan(4000)
  await client.end()
  await Promise.all(slow)
})

test('rejects a request without a valid key before reading its body', async () => {
  for (const authorization of ['', `authorization: Bearer gmk_abcdefgh_${'a'.repeat(43)}\r\n`]) {
    const { socket, answer } = await raw(
      `POST ${RESULTS} HTTP/1.1\r\nhost: x\r\n${authorization}content-type: application/x-protobuf\r\ncontent-length: 1000000\r\n\r\n`,
    )
    await waitFor(() => answer().startsWith('HTTP/1.1 401 ') || undefined, 3000)
    socket.destroy()
  }
})

test('serves logins and requests while hundreds of logins are half-sent, and cuts those', async () => {
  const half = 'x'.repeat(2000)
  const head = (length: number) => `POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`
  const slow = await Promise.all(Array.from({ length: 400 }, () => raw(head(4000) + half)))
  const large = await raw(head(250_000) + half)
  await waitFor(() => large.answer().startsWith('HTTP/1.1 413 ') || undefined)
  const session = await api.login()
  expect((await request(api, 'GET', '/api/session', { session })).status).toBe(200)
  expect((await request(api, 'POST', '/api/account/password', { session, json: {} })).status).toBe(400)
  expect(slow.every(({ answer }) => answer() === '')).toBe(true)
  await waitFor(() => slow.every(({ answer, socket }) => answer().startsWith('HTTP/1.1 400 ') && socket.closed) || undefined, 15_000)
  expect(slow[0]?.answer()).toContain('the body did not arrive within 10 s')
  large.socket.destroy()
})

test('checks the scope before it reads the body', async () => {
  for (const path of ['/api/signatures/dry-run', '/api/scan/config', '/api/signatures/rule-trials']) {
    const method = path === '/api/scan/config' ? 'PUT' : 'POST'
    const headers = `host: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 100000`
    const { socket, answer } = await raw(`${method} ${path} HTTP/1.1\r\n${headers}\r\n\r\n`)
    await waitFor(() => answer().startsWith('HTTP/1.1 403 ') || undefined, 3000)
    socket.destroy()
  }
})

test('limits the rows that a flood of invented email addresses creates', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      request(api, 'POST', '/login', { json: { email: `${index}@flood.example`, password: 'wrong' } }),
    ),
  )
  const looked = answers.filter(({ status }) => status === 401).length
  expect(answers.filter(({ status }) => status === 429).length).toBe(100 - looked)
  const [row] = await api.query<{ count: number }>(`SELECT count(*) AS count FROM login_failures WHERE email LIKE '%@flood.example'`)
  expect(row?.count).toBe(looked)
  expect(looked).toBeLessThan(60)
})

test('rejects a small body that expands to a gigabyte of rows', async () => {
  let made = 0
  const id = () => {
    const uuid = Buffer.from(uuidV7()).fill(0, 9)
    uuid.writeUInt32BE(made++, 12)
    return uuid
  }
  const name = 'x'.repeat(253)
  const findings = () => Array.from({ length: 1000 }, () => ({ findingId: id(), signatureName: 'x', scanSource: 1, severity: 1 }))
  const result = () => aResult({ nodeName: name, namespace: name, podName: name, containerName: name, findings: findings() })
  const body = gzipSync(batchBody(Array.from({ length: 100 }, result)))
  expect(body.length).toBeLessThan(1_000_000)
  const answer = await post(api, RESULTS, key, body, { 'content-encoding': 'gzip' })
  expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } })
  expect(await api.metric('guardimesh_ingest_memory_bytes')).toBe(0)
})

test('times out and closes the connection if the database freezes during a COPY', async () => {
  const settings = { databaseUrl: api.config.databaseUrl, applicationName: 'frozen', statementTimeoutMs: 100 }
  const pool = createPool(settings, 1, createLogger('test', 'silent'))
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const pid = rows[0]?.pid ?? 0
  const copying = inTransaction(pool, (tx) => {
    process.kill(pid, 'SIGSTOP')
    return copyIn(tx, 'COPY gaps FROM STDIN', [Buffer.from('row\n')])
  })
  await expect(copying).rejects.toThrow('timeout')
  process.kill(pid, 'SIGCONT')
  expect((await pool.query('SELECT 1')).rowCount).toBe(1)
  await pool.end()
})

test('logs a failed statement without its values', async () => {
  await api.query(`ALTER TABLE sessions ADD CONSTRAINT refused_here CHECK (expires_at < now()) NOT VALID`)
  const { email, password } = await api.administrator()
  const answer = await request(api, 'POST', '/login', { json: { email, password } })
  await api.query('ALTER TABLE sessions DROP CONSTRAINT refused_here')
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } })
  await waitFor(() => logged.includes('refused_here') || undefined)
  expect(logged).not.toMatch(/"parameters"|"query"|Failing row contains/)
  expect(logged).not.toContain(password)
})
