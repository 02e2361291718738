import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetUpOutcome } from '@guardimesh/contracts'
import { listenOn, newApiKey } from '@guardimesh/kit'
import { LATEST_MIGRATION } from '@guardimesh/migrations'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { createTestDatabase, sharedPostgres, type TestDatabase } from '@guardimesh/testbed/test-database.js'
import bcrypt from 'bcrypt'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SetUpConfig } from '../src/config/set-up-config.js'
import { setUpInstallation } from '../src/set-up/set-up-installation.js'
import { captureLog } from './captured-log.js'
import { waitFor } from './client.js'
import { withPassword } from './harness.js'

const SET_UP = fileURLToPath(new URL('../dist/set-up.js', import.meta.url))
const PASSWORD = 'correct horse battery'
const key = newApiKey()
let folder: string
let database: TestDatabase
let pool: pg.Pool
let stopPostgres: () => Promise<void>

beforeAll(async () => {
  folder = await temporaryFolder('set-up')
  const postgres = await sharedPostgres()
  stopPostgres = () => postgres.stop()
  database = await createTestDatabase(postgres)
  pool = new pg.Pool({ connectionString: withPassword(database.url, database.passwordFile), max: 2 })
  await writeFile(join(folder, 'admin-password'), `${PASSWORD}\n`)
  await writeFile(join(folder, 'api-key'), key.key)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await stopPostgres()
  await rm(folder, { recursive: true })
})

interface Run {
  readonly exitCode: number
  readonly outcome: SetUpOutcome
  readonly output: string
}

let runs = 0

/** Runs the built command as the Job does. */
async function run(changes: Record<string, string> = {}): Promise<Run> {
  const terminationLog = join(folder, `termination-log-${++runs}`)
  const env = {
    DATABASE_URL: database.url,
    DATABASE_PASSWORD_FILE: database.passwordFile,
    FIRST_ADMIN_EMAIL: 'first@example.org',
    ADMIN_PASSWORD_FILE: join(folder, 'admin-password'),
    INGESTION_KEY_FILE: join(folder, 'api-key'),
    TERMINATION_LOG: terminationLog,
    ...changes,
  }
  const { exitCode, output } = await new Promise<Omit<Run, 'outcome'>>((resolve) => {
    const child = execFile(process.execPath, [SET_UP], { env }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
  return { exitCode, output, outcome: SetUpOutcome.parse(JSON.parse(await readFile(terminationLog, 'utf8'))) }
}

const config = (changes: Partial<SetUpConfig> = {}): SetUpConfig => ({
  databaseUrl: withPassword(database.url, database.passwordFile),
  administrator: { email: 'first@example.org', password: PASSWORD },
  ingestionKey: key,
  ingestionKeyLabel: 'Scanners',
  logLevel: 'silent',
  ...changes,
})
const never = new AbortController().signal
const setUp = (changes: Partial<SetUpConfig> = {}) => setUpInstallation(config(changes), captureLog().log, never)
const keys = async () => (await pool.query('SELECT label, prefix, secret_hash, scopes FROM api_keys ORDER BY created_at')).rows

test('creates schema, job queue, one administrator and one key when two Jobs run concurrently', async () => {
  const both = await Promise.all([run(), run()])
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  expect(both.map(({ outcome }) => outcome.administrator).toSorted()).toEqual(['existed', 'made'])
  for (const { outcome, output } of both) {
    expect(outcome).toMatchObject({ result: 'done', message: '', schema: LATEST_MIGRATION })
    expect(output).not.toContain(PASSWORD)
    expect(output).not.toContain(key.key)
  }
  const { rows } = await pool.query('SELECT email, role, password_hash FROM accounts')
  expect(rows).toMatchObject([{ email: 'first@example.org', role: 'administrator' }])
  expect(await bcrypt.compare(PASSWORD, rows[0].password_hash)).toBe(true)
  expect(await keys()).toEqual([{ label: 'Scanners', prefix: key.prefix, secret_hash: key.hash, scopes: ['ingestion'] }])
  expect((await pool.query('SELECT count(*)::int AS count FROM graphile_worker.migrations')).rows[0].count).toBeGreaterThan(10)
  const audit = await pool.query('SELECT action FROM audit_log ORDER BY action')
  expect(audit.rows).toEqual([{ action: 'account.create' }, { action: 'api-key.create' }])
})

test('keeps the existing administrator, and adds another key to the first', async () => {
  const other = newApiKey()
  const changed = { administrator: { email: 'second@example.org', password: 'another long password' }, ingestionKey: other }
  expect(await setUp(changed)).toEqual({ result: 'done', message: '', administrator: 'password-differs', schema: LATEST_MIGRATION })
  expect(await setUp(changed)).toMatchObject({ result: 'done', administrator: 'password-differs' })
  expect((await pool.query('SELECT email FROM accounts')).rows).toEqual([{ email: 'first@example.org' }])
  expect(await keys()).toMatchObject([{ label: 'Scanners' }, { label: `Scanners (${other.prefix})`, secret_hash: other.hash }])
})

test('reports whether the password is still that of the administrator, and needs none once an account exists', async () => {
  const administrator = { email: 'first@example.org', password: PASSWORD }
  expect(await setUp({ administrator })).toMatchObject({ administrator: 'existed' })
  expect(await setUp({ administrator: { ...administrator, password: 'patched by a user' } })).toMatchObject({
    result: 'done',
    administrator: 'password-differs',
  })
  const missing = await run({ ADMIN_PASSWORD_FILE: join(folder, 'missing') })
  expect(missing).toMatchObject({ exitCode: 0, outcome: { result: 'done', administrator: 'no-password' } })
})

test('keeps a revoked key revoked and reports it', async () => {
  await pool.query('UPDATE api_keys SET revoked_at = now() WHERE secret_hash = $1', [key.hash])
  const outcome = await setUp()
  expect(outcome).toMatchObject({ result: 'done', message: expect.stringContaining('the API key of the scanners was revoked') })
  expect(await keys()).toHaveLength(2)
})

test('waits for a database that starts late', async () => {
  const target = new URL(database.url)
  const proxy = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname)
    socket.pipe(onward).pipe(socket)
    for (const one of [socket, onward]) one.on('error', () => undefined)
  })
  await listenOn(proxy, { host: '127.0.0.1', port: 0 })
  const { port } = proxy.address() as { port: number }
  await new Promise((resolve) => proxy.close(resolve))
  const { log, lines } = captureLog()
  const url = new URL(config().databaseUrl)
  url.port = String(port)
  const running = setUpInstallation(config({ databaseUrl: url.href }), log, never)
  const line = await waitFor(() => lines.find((one) => one.msg === 'database unavailable; retrying'))
  expect(line).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED'), secondsLeft: expect.any(Number) })
  await listenOn(proxy, { host: '127.0.0.1', port })
  expect(await running).toMatchObject({ result: 'done' })
  proxy.close()
})

test('reports an unreachable database when the Job is stopped', async () => {
  const { log, lines } = captureLog()
  const stop = new AbortController()
  const running = setUpInstallation(config({ databaseUrl: 'postgres://guardimesh@127.0.0.1:1/none' }), log, stop.signal)
  await waitFor(() => lines.find((one) => one.msg === 'database unavailable; retrying'))
  stop.abort()
  const { result, message } = await running
  expect(result).toBe('database-unreachable')
  expect(message).toMatch(/database is unavailable.*ECONNREFUSED/)
})

test('exits with code 3 for a newer schema without changing it', async () => {
  await pool.query(`INSERT INTO schema_history ("timestamp", name) VALUES (1995000000001, 'FromTheFuture1995000000001')`)
  const before = await keys()
  const { exitCode, outcome } = await run({ INGESTION_KEY_FILE: await secretFile('new-key', newApiKey().key) })
  expect(exitCode).toBe(3)
  expect(outcome).toMatchObject({ result: 'schema-newer', schema: 'FromTheFuture1995000000001', administrator: 'unknown' })
  expect(outcome.message).toContain('newer schema')
  expect(await keys()).toEqual(before)
  await pool.query(`DELETE FROM schema_history WHERE name LIKE 'FromTheFuture%'`)
})

async function secretFile(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

test.each([
  { name: 'an invalid key', setting: 'INGESTION_KEY_FILE', text: 'secret', expectedText: 'contains no valid API key' },
  { name: 'a short password', setting: 'ADMIN_PASSWORD_FILE', text: 'short', expectedText: 'at least 12 characters' },
])('exits with code 78 for $name and explains it without showing the secret', async ({ setting, text, expectedText }) => {
  const { exitCode, outcome, output } = await run({ [setting]: await secretFile('bad', text) })
  expect(exitCode).toBe(78)
  expect(outcome).toMatchObject({ result: 'failed', message: expect.stringContaining(expectedText) })
  expect(output).not.toContain(`"${text}"`)
})
