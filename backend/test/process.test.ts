import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, stat } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CreatedApiKey } from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { createTestDatabase, sharedPostgres, type TestDatabase } from '@guardimesh/testbed/test-database.js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { withPassword, writeKeyFile } from './harness.js'

/** Runs the built processes as installed. */
const DIST = fileURLToPath(new URL('../dist/', import.meta.url))

let folder: string
let encryptionKeyFile: string
let database: TestDatabase
let stopPostgres: () => Promise<void>
const children: ChildProcess[] = []

interface Ended {
  readonly exitCode: number | null
  readonly output: string
}

function start(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): { child: ChildProcess; ended: Promise<Ended>; output(): string } {
  const child = spawn(process.execPath, [join(DIST, script), ...args], { env: { ...process.env, ...env } })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<Ended>((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })))
  return { child, ended, output: () => output }
}

const databaseEnv = () => ({ DATABASE_URL: database.url, DATABASE_PASSWORD_FILE: database.passwordFile })
const run = (script: string, ...args: string[]) => start(script, args, databaseEnv()).ended

beforeAll(async () => {
  folder = await temporaryFolder('backend-process')
  encryptionKeyFile = await writeKeyFile(folder)
  const postgres = await sharedPostgres()
  stopPostgres = () => postgres.stop()
  database = await createTestDatabase(postgres)
  expect((await run('migrate.js')).exitCode).toBe(0)
})
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
  await database.drop()
  await stopPostgres()
  await rm(folder, { recursive: true })
})

/** Starts the API on a free port. */
async function startBackend(): Promise<ReturnType<typeof start> & { url: string }> {
  const port = await freePort()
  const env = {
    ...databaseEnv(),
    ENCRYPTION_KEY_FILE: encryptionKeyFile,
    PORT: String(port),
    FIRST_ADMIN_PASSWORD_FILE: join(folder, 'password'),
    LOG_LEVEL: 'trace',
  }
  const started = start('main.js', [], env)
  const url = `http://127.0.0.1:${port}`
  await waitFor(
    () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok || undefined,
        () => undefined,
      ),
    30_000,
  )
  return { ...started, url }
}

/** Opens a connection for several requests. */
function keepAlive(url: string): { send(text: string): void; readonly received: Promise<string> } {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  const received = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  return { send: (request) => socket.write(request), received }
}

/** Returns a free port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

test('create-key writes a valid key to a file that only its owner can read', async () => {
  const out = join(folder, 'key')
  const ended = await run('create-key.js', '--label', 'ingest of a test', '--scopes', 'console:read,ingestion', '--out', out)
  expect(ended).toMatchObject({ exitCode: 0 })
  const key = (await readFile(out, 'utf8')).trim()
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  expect(ended.output).not.toContain(key)
  const backend = await startBackend()
  expect((await request(backend, 'GET', '/api/findings', { key })).status).toBe(200)
  expect((await request(backend, 'GET', '/api/v1/scan/config', { key })).status).toBe(200)
  backend.child.kill('SIGTERM')
  await backend.ended
})

test.each([
  ['no arguments', []],
  ['an unknown scope', ['--label', 'x', '--scopes', 'root', '--out', 'never']],
  ['an unknown argument', ['--name', 'x']],
])('create-key prints its usage for %s', async (_, args) => {
  expect(await run('create-key.js', ...args)).toMatchObject({ exitCode: 78, output: expect.stringContaining('usage: create-key') })
})

test('set-password resets a password and ends the sessions', async () => {
  const backend = await startBackend()
  const email = 'admin@guardimesh.local'
  const logIn = (password: string) => request(backend, 'POST', '/login', { json: { email, password } })
  const first = (await readFile(join(folder, 'password'), 'utf8')).trim()
  const session = (await logIn(first)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const isLoggedIn = async () => (await fetch(`${backend.url}/api/session`, { headers: { cookie: session } })).status
  expect(await isLoggedIn()).toBe(200)
  const made = await run('set-password.js', '--email', 'Admin@Guardimesh.local')
  expect(made).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^[A-Za-z2-9]{20}\n$/) })
  expect(await isLoggedIn()).toBe(401)
  expect((await logIn(first)).status).toBe(401)
  expect((await logIn(made.output.trim())).status).toBe(200)
  // Later tests log in with the original password.
  expect(await run('set-password.js', '--email', email, '--password-file', join(folder, 'password'))).toEqual({ exitCode: 0, output: '' })
  expect((await logIn(first)).status).toBe(200)
  const pool = new pg.Pool({ connectionString: withPassword(database.url, database.passwordFile), max: 1 })
  const { rows } = await pool.query("SELECT actor_kind, target FROM audit_log WHERE action = 'account.set-password'")
  await pool.end()
  expect(rows).toEqual(Array(2).fill({ actor_kind: 'system', target: email }))
  backend.child.kill('SIGTERM')
  await backend.ended
})

test.each([
  { name: 'no arguments', args: [], exitCode: 78, output: 'usage: set-password' },
  { name: 'an unknown account', args: ['--email', 'nobody@example.org'], exitCode: 1, output: 'account nobody@example.org not found' },
  {
    name: 'a missing password file',
    args: ['--email', 'admin@guardimesh.local', '--password-file', '/no/such'],
    exitCode: 78,
    output: '/no/such',
  },
])('set-password explains the error for $name', async ({ args, exitCode, output }) => {
  expect(await run('set-password.js', ...args)).toMatchObject({ exitCode, output: expect.stringContaining(output) })
})

test('finishes requests when it is stopped and logs no secret', async () => {
  const backend = await startBackend()
  const password = (await readFile(join(folder, 'password'), 'utf8')).trim()
  const login = await request(backend, 'POST', '/login', { json: { email: 'admin@guardimesh.local', password } })
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const session = { cookie, origin: backend.url }
  const made = await request<CreatedApiKey>(backend, 'POST', '/api/keys/create', {
    session,
    json: { label: 'x', scopes: ['console:read'] },
  })
  await request(backend, 'GET', '/api/findings?search=a-private-word', { key: made.body.key })
  await request(backend, 'GET', '/api/findings', { key: `${made.body.key.slice(0, -1)}_` })
  await request(backend, 'POST', '/login', { json: { email: 'admin@guardimesh.local', password: 'a wrong password' } })

  const locker = new pg.Client({ connectionString: withPassword(database.url, database.passwordFile) })
  await locker.connect()
  await locker.query('BEGIN; LOCK TABLE nodes IN ACCESS EXCLUSIVE MODE')
  const slow = request(backend, 'GET', '/api/nodes', { session })
  const kept = keepAlive(backend.url)
  kept.send(`GET /api/nodes HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`)
  await waitFor(async () => {
    const { rows } = await locker.query('SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1', [
      'Lock',
    ])
    return rows.length > 0 || undefined
  })
  backend.child.kill('SIGTERM')
  const ready = await waitFor(async () => {
    const answer = await request(backend, 'GET', '/readyz')
    return answer.status === 503 ? answer.text : undefined
  })
  expect(ready).toContain('is stopping')
  // Until it rejects new requests.
  await waitFor(() =>
    fetch(`${backend.url}/livez`).then(
      () => undefined,
      () => true,
    ),
  )
  kept.send('GET /api/v1/version HTTP/1.1\r\nhost: x\r\n\r\n')
  await locker.query('COMMIT')
  await locker.end()
  expect((await slow).status).toBe(200)
  // A request on an open connection is rejected, and the connection is closed.
  expect(await kept.received).toMatch(/^HTTP\/1.1 200 .*HTTP\/1.1 503 .*"code":"SHUTTING_DOWN"/s)
  const { exitCode, output } = await backend.ended
  expect(exitCode).toBe(0)

  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'request', path: '/api/nodes', status: 200, actor: 'admin@guardimesh.local' }),
  )
  for (const secret of [
    password,
    'a wrong password',
    cookie.split('=')[1] ?? '',
    made.body.key,
    made.body.key.slice(13, -1),
    'a-private-word',
  ])
    expect(output).not.toContain(secret)
})

test('serves probes and metrics of the worker over IPv4 and IPv6, and stops it on SIGTERM', async () => {
  const port = await freePort()
  const worker = start('worker.js', [], { ...databaseEnv(), ENCRYPTION_KEY_FILE: encryptionKeyFile, PROBE_PORT: String(port) })
  const get = (host: string, path: string) => fetch(`http://${host}:${port}${path}`).catch(() => undefined)
  await waitFor(async () => (await get('127.0.0.1', '/readyz'))?.ok, 30_000)
  expect((await get('[::1]', '/livez'))?.status).toBe(200)
  const metrics = await (await get('127.0.0.1', '/metrics'))?.text()
  expect(metrics).toContain('guardimesh_job_failures_total')
  worker.child.kill('SIGTERM')
  expect((await worker.ended).exitCode).toBe(0)
})

test('exits with a list of all configuration errors', async () => {
  const { exitCode, output } = await start('main.js', [], { DATABASE_URL: 'mysql://x', PORT: '99999', PUBLIC_URL: 'ftp://x' }).ended
  expect(exitCode).toBe(78)
  for (const name of ['DATABASE_URL', 'ENCRYPTION_KEY_FILE', 'PORT', 'PUBLIC_URL']) expect(output).toContain(name)
})
