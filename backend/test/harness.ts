import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ApiKeyScope, DAY_MS, SESSION_COOKIE } from '@guardimesh/contracts'
import { createLogger, hashSecret, type Logger, newApiKey, readSecretFile } from '@guardimesh/kit'
import type { RunningPostgres } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { createTestDatabase, sharedPostgres } from '@guardimesh/testbed/test-database.js'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { ApiConfig, Limits } from '../src/config/api-config.js'
import { KEY_BYTES } from '../src/config/encryption-keys.js'
import { createApi } from '../src/create-app.js'
import { createPool } from '../src/platform/database/create-pool.js'
import { migrateSchema } from '../src/platform/database/migrate-schema.js'

/** Few connections, because many test files run at the same time. */
const MAX_CONNECTIONS = 4
/** Encrypts secrets in databases of tests. */
export const TEST_KEY = Buffer.alloc(KEY_BYTES, 'test')
const NO_LIMITS: Limits = { nodes: undefined, ingestResultsPerSecond: undefined, apiKeys: undefined }

export interface TestApiOptions {
  /** Changes to the defaults. */
  readonly config?: Partial<ApiConfig>
  /** Default: silent. */
  readonly log?: Logger
  /** A separate server, which the test may kill; default: the shared one. */
  readonly postgres?: RunningPostgres
}

/** Headers that a browser sends. */
export interface TestSession {
  readonly cookie: string
  readonly origin: string
}

/** The real API on an ephemeral port, over a fresh database of a real PostgreSQL. */
export interface TestApi {
  readonly app: NestFastifyApplication
  readonly config: ApiConfig
  /** ENCRYPTION_KEY_FILE for workers over the same database. */
  readonly encryptionKeyFile: string
  /** Base URL without a trailing slash. */
  readonly url: string
  /** Queries the database directly. */
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** Creates an API key. @returns the whole key, for `Authorization: Bearer`. */
  createKey(...scopes: ApiKeyScope[]): Promise<string>
  /** Returns email address and password of the first administrator. */
  administrator(): Promise<{ email: string; password: string }>
  /** Logs in the first administrator and returns the headers of the browser. */
  login(): Promise<TestSession>
  /** Creates a session without a login, which takes long. @returns the cookie. */
  createSession(email: string): Promise<string>
  /** Returns the value of a metric, with labels in the order of /metrics; 0 if it is missing. */
  metric(name: string): Promise<number>
  close(): Promise<void>
}

let openApis = 0

/** Starts the API of a test file; close it in `afterAll`. Closing the last one stops the shared PostgreSQL. */
export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const postgres = options.postgres ?? (await sharedPostgres())
  openApis++
  const folder = await temporaryFolder('backend-test')
  const encryptionKeyFile = await writeKeyFile(folder)
  const database = await createTestDatabase(postgres)
  const databaseUrl = withPassword(database.url, database.passwordFile)
  await migrateSchema(databaseUrl)
  const config = apiConfig({ databaseUrl, firstAdminPasswordFile: join(folder, 'first-admin-password'), ...options.config })
  const api = await createApi(config, options.log ?? createLogger('test', 'silent'))
  const url = await api.listen(config.listenHost, config.port)
  const pool = createPool({ databaseUrl, applicationName: 'test' }, MAX_CONNECTIONS, createLogger('test', 'silent'))
  const query = async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
    const result = await pool.query<Row>(sql, [...parameters])
    return result.rows
  }
  // The API creates partitions in the background; waits for them, so that a test can truncate the tables.
  await query('SELECT ensure_partitions(7, 3)')
  // Tests empty the log between cases.
  await query('ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only, DISABLE TRIGGER audit_log_no_truncate')
  const administrator = async () => ({ email: config.firstAdminEmail, password: (await readFile(passwordFileOf(config), 'utf8')).trim() })
  return {
    app: api.app,
    config,
    encryptionKeyFile,
    url,
    query,
    administrator,
    createKey: (...scopes) => createKey(query, scopes),
    login: async () => login(url, config.publicUrl?.origin ?? url, await administrator()),
    createSession: (email) => createSession(query, email),
    metric: (name) => readMetric(url, name),
    close: async () => {
      await api.close()
      await pool.end()
      await rm(folder, { recursive: true })
      openApis--
      if (options.postgres) return
      await database.drop()
      if (openApis === 0) await postgres.stop()
    },
  }
}

/** A valid configuration. */
export function apiConfig(changes: Partial<ApiConfig> & Pick<ApiConfig, 'databaseUrl'>): ApiConfig {
  return {
    encryptionKeys: [TEST_KEY],
    listenHost: '127.0.0.1',
    port: 0,
    tls: undefined,
    publicUrl: new URL('http://console.test'),
    trustedProxies: [],
    consoleFolder: undefined,
    firstAdminEmail: 'admin@example.org',
    firstAdminPasswordFile: undefined,
    signatureServer: undefined,
    limits: NO_LIMITS,
    sessions: { lifetimeMs: 7 * DAY_MS, idleMs: DAY_MS },
    logLevel: 'silent',
    ...changes,
  }
}

/** Writes an ENCRYPTION_KEY_FILE with the key of tests and returns its path. */
export async function writeKeyFile(folder: string): Promise<string> {
  const path = join(folder, 'encryption-key')
  await writeFile(path, TEST_KEY.toString('base64'))
  return path
}

/** Adds the password from a file to a database URL. */
export function withPassword(databaseUrl: string, passwordFile: string): string {
  const url = new URL(databaseUrl)
  url.password = encodeURIComponent(readSecretFile(passwordFile))
  return url.href
}

function passwordFileOf(config: ApiConfig): string {
  if (config.firstAdminPasswordFile === undefined) throw new Error('this test has no first administrator')
  return config.firstAdminPasswordFile
}

async function createKey(query: TestApi['query'], scopes: readonly ApiKeyScope[]): Promise<string> {
  const { key, prefix, hash } = newApiKey()
  await query('INSERT INTO api_keys (label, prefix, secret_hash, scopes, created_by) VALUES ($1, $2, $3, $4, $5)', [
    scopes.join(' and '),
    prefix,
    hash,
    scopes,
    'test',
  ])
  return key
}

async function createSession(query: TestApi['query'], email: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await query(
    `INSERT INTO sessions (token_hash, account_id, expires_at) SELECT $2, account_id, now() + interval '1 day' FROM accounts WHERE email = $1`,
    [email, hashSecret(token)],
  )
  return `${SESSION_COOKIE}=${token}`
}

async function login(url: string, origin: string, credentials: object): Promise<TestSession> {
  const response = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(credentials),
  })
  const cookie = response.headers.getSetCookie().find((one) => one.includes(`${SESSION_COOKIE}=`))
  if (response.status !== 200 || !cookie) throw new Error(`the login failed: ${response.status} ${await response.text()}`)
  return { cookie: cookie.split(';', 1)[0] ?? '', origin }
}

async function readMetric(url: string, name: string): Promise<number> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n')
  const line = lines.find((one) => one.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1) ?? 0)
}
