import { randomBytes } from 'node:crypto'
import { chmod, chown, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { listenOn, readSecretFile, runChecked, sleep, systemCodeOf } from '@guardimesh/kit'
import { Client } from 'pg'
import type { CertificateFiles } from './certificates.js'
import { ChildStartError, type RunningChild, startChild } from './child-process.js'
import { postgresBinaries } from './postgres-binaries.js'
import { requireOpenFolder, type UserIds, unprivilegedUser } from './unprivileged-user.js'

const ROLE = 'guardimesh'
const DATABASE = 'guardimesh'
const HOST = '127.0.0.1'
/** Recovery after a crash may take a while on a slow disk. */
const READY_TIMEOUT_MS = 60_000
const START_ATTEMPTS = 5
const RESTART_PAUSE_MS = 300

export interface PostgresOptions {
  /** Holds the data, the password file and the log. All users must be able to enter the folders above it: the server is unprivileged. */
  readonly folder: string
  /** Default: any free port. */
  readonly port?: number
  /** False trades durability in a crash of the machine for speed; killing only the server loses nothing in both cases. Default: true. */
  readonly durable?: boolean
  /** Certificate of the server, which then also accepts TLS connections. */
  readonly tls?: CertificateFiles
}

export interface RunningPostgres {
  /** `postgres://user@127.0.0.1:port/database`, without the password. */
  readonly url: string
  /** Mode 0600, owned by the caller. */
  readonly passwordFile: string
  readonly pid: number
  readonly port: number
  /** Fast shutdown: closes connections and keeps committed data. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL server on loopback, as an unprivileged user, with password authentication only. An empty folder is initialized;
 * existing data is used, after recovery when the last run was killed.
 *
 * @throws ChildStartError when it does not start; Error when its user cannot enter the folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = await unprivilegedUser()
  await mkdir(options.folder, { recursive: true })
  await chmod(options.folder, 0o711)
  await requireOpenFolder(options.folder, user, 'PostgreSQL')
  const passwordFile = await ensurePassword(options.folder)
  await ensureData(options, passwordFile, user)
  const { port, child } = await startServer(options, passwordFile, user)
  const stop = () => child.stop()
  return { url: urlOf(port, DATABASE), passwordFile, pid: child.pid, port, stop }
}

/** Builds the URL of a database. Pure. */
export function urlOf(port: number, database: string): string {
  return `postgres://${ROLE}@${HOST}:${port}/${database}`
}

/** Runs one statement on a new connection. Names in it must be trusted: they are not escaped. */
export async function runStatement(url: string, passwordFile: string, sql: string): Promise<unknown[]> {
  const address = new URL(url)
  // pg overwrites a separate password with the empty one of the URL.
  address.password = readSecretFile(passwordFile)
  const client = new Client({ connectionString: address.href, connectionTimeoutMillis: 5_000 })
  // A server that is killed during the connection must not end this process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function ensurePassword(folder: string): Promise<string> {
  const passwordFile = join(folder, 'password')
  try {
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error
  }
  return passwordFile
}

/** Creates the data folder atomically, so that an interrupted first start begins again. */
async function ensureData({ folder, durable = true }: PostgresOptions, passwordFile: string, user: UserIds | undefined): Promise<void> {
  if (await isFolder(join(folder, 'data'))) return
  const fresh = join(folder, 'data.new')
  const initialPassword = join(folder, 'password.initdb')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(initialPassword, await readFile(passwordFile), { mode: 0o600 })
  if (user) for (const path of [fresh, initialPassword]) await chown(path, user.uid, user.gid)
  const { initdb } = await postgresBinaries(user)
  const login = ['--auth=scram-sha-256', `--username=${ROLE}`, `--pwfile=${initialPassword}`]
  const text = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8']
  try {
    await runChecked(initdb, [...login, ...text, ...(durable ? [] : ['--no-sync']), '--no-instructions', '-D', fresh], user)
  } finally {
    await rm(initialPassword)
  }
  await rename(fresh, join(folder, 'data'))
}

interface StartedServer {
  readonly port: number
  readonly child: RunningChild
}

/** Retries when the server ends early: another program may have taken the free port, and resources of a killed server are released late. */
async function startServer(options: PostgresOptions, passwordFile: string, user: UserIds | undefined): Promise<StartedServer> {
  const { postgres } = await postgresBinaries(user)
  const tlsArguments = options.tls ? await copyCertificate(options.folder, options.tls, user) : []
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    try {
      const child = await startChild({
        name: 'postgres',
        command: postgres,
        args: [...serverArguments(join(options.folder, 'data'), port, options.durable ?? true), ...tlsArguments],
        folder: options.folder,
        env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
        workingFolder: '/',
        user,
        isReady: () => isReady(port, passwordFile),
        readyTimeoutMs: READY_TIMEOUT_MS,
        // SIGTERM would wait until all clients disconnect.
        stopSignal: 'SIGINT',
        stopGraceMs: 20_000,
      })
      return { port, child }
    } catch (error) {
      if (attempt === START_ATTEMPTS || !(error instanceof ChildStartError && error.endedEarly)) throw error
      await sleep(RESTART_PAUSE_MS)
    }
  }
}

function serverArguments(dataFolder: string, port: number, isDurable: boolean): string[] {
  const settings = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Copies the files, because PostgreSQL requires that its user owns the key. */
async function copyCertificate(folder: string, tls: CertificateFiles, user: UserIds | undefined): Promise<string[]> {
  const certificate = join(folder, 'server.crt')
  const key = join(folder, 'server.key')
  for (const [from, to] of [
    [tls.certificateFile, certificate],
    [tls.keyFile, key],
  ] as const) {
    await copyFile(from, to)
    await chmod(to, 0o600)
    if (user) await chown(to, user.uid, user.gid)
  }
  return ['-c', 'ssl=on', '-c', `ssl_cert_file=${certificate}`, '-c', `ssl_key_file=${key}`]
}

/** Checks that a login works, and ensures the database. Throws while the server accepts no connections. */
async function isReady(port: number, passwordFile: string): Promise<boolean> {
  const maintenance = urlOf(port, 'postgres')
  const found = await runStatement(maintenance, passwordFile, `SELECT 1 FROM pg_database WHERE datname = '${DATABASE}'`)
  if (found.length === 0) await runStatement(maintenance, passwordFile, `CREATE DATABASE ${DATABASE}`)
  return true
}

async function freePort(): Promise<number> {
  const server = createServer()
  await listenOn(server, { host: HOST, port: 0 })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return address.port
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false
    throw error
  }
}
