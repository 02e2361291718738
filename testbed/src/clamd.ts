import { chmod, chown, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { GuardError, systemCodeOf } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { endLeftover } from './process-identity.js'
import { requireOpenFolder, userNamed } from './unprivileged-user.js'

const CLAMD = '/usr/sbin/clamd'
const USER = 'clamav'
/** A million signatures take about ten seconds to load here, the official set about three times as long. */
const READY_TIMEOUT_MS = 120_000
const PING_TIMEOUT_MS = 5_000
/** clamd cannot scan 2 GiB and above. */
const MAX_SIZE = '2047M'

/** Directives of clamd.conf by name, such as `{ DisableCache: 'yes', MaxThreads: '4' }`. clamd refuses what it does not know. */
export type ClamdSettings = Readonly<Record<string, string>>

export interface ClamdOptions {
  /** For the socket, the configuration, the log and temporary files. Everybody must be able to enter the folders above it. */
  readonly folder: string
  /** Holds the signature databases; may be a link that is switched later. User `clamav` reads it. */
  readonly databaseFolder: string
  /** Over the defaults of `clamdConfig`. */
  readonly settings?: ClamdSettings
}

export interface RunningClamd {
  readonly socketPath: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Starts Debian's clamd as user `clamav` on a Unix socket, nowhere else, and waits until it answers.
 *
 * @throws GuardError ENGINE_UNAVAILABLE with what clamd printed, CONFIG_INVALID when its user may not enter a folder.
 */
export async function startClamd(options: ClamdOptions): Promise<RunningClamd> {
  const { folder, databaseFolder } = options
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? await userNamed(USER) : undefined
  await mkdir(folder, { recursive: true })
  await endLeftover(join(folder, 'clamd.pid'))
  const temporary = join(folder, 'tmp')
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary)
  if (user) for (const path of [folder, temporary]) await chown(path, user.uid, user.gid)
  await chmod(folder, 0o755)
  for (const path of [folder, databaseFolder]) await requireOpenFolder(path, user, 'clamd')
  const socketPath = join(folder, 'clamd.sock')
  const configFile = join(folder, 'clamd.conf')
  await rm(socketPath, { force: true })
  const settings = { ...(isRoot ? { User: USER } : {}), ...options.settings }
  await writeFile(configFile, clamdConfig({ socketPath, databaseFolder, temporaryFolder: temporary, settings }))
  const child = await startChild({
    name: 'clamd',
    command: await clamdProgram(folder),
    args: ['--config-file', configFile],
    folder,
    isReady: () => isAnswering(socketPath),
    readyTimeoutMs: READY_TIMEOUT_MS,
    failureCode: 'ENGINE_UNAVAILABLE',
  })
  return { socketPath, pid: child.pid, stop: () => child.stop() }
}

export interface ClamdConfigOptions {
  readonly socketPath: string
  readonly databaseFolder: string
  readonly temporaryFolder: string
  readonly settings?: ClamdSettings
}

/**
 * The text of a clamd.conf: in the foreground, a Unix socket only, no fetching, every limit as high as clamd can keep it, and an alert
 * instead of a silent "OK" above it. Pure.
 */
export function clamdConfig(options: ClamdConfigOptions): string {
  const directives: ClamdSettings = {
    Foreground: 'yes',
    LogTime: 'yes',
    LogVerbose: 'no',
    LocalSocket: options.socketPath,
    LocalSocketMode: '660',
    FixStaleSocket: 'yes',
    DatabaseDirectory: options.databaseFolder,
    TemporaryDirectory: options.temporaryFolder,
    MaxThreads: '2',
    MaxFileSize: MAX_SIZE,
    MaxScanSize: MAX_SIZE,
    StreamMaxLength: MAX_SIZE,
    AlertExceedsMax: 'yes',
    AlertEncrypted: 'yes',
    // A reload beside the old set would take its memory twice.
    ConcurrentDatabaseReload: 'no',
    // Such a reload waits until the idle sessions are closed, and answers nobody meanwhile.
    IdleTimeout: '1',
    // Databases are loaded when the puller says so, never by clamd's own watch in the middle of a switch.
    SelfCheck: '0',
    ...options.settings,
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('')
}

/** Asks PING on a fresh connection. @throws what connecting throws while clamd still loads. */
async function isAnswering(socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath)
    let answer = ''
    socket.setTimeout(PING_TIMEOUT_MS, () => socket.destroy(new GuardError('ENGINE_TIMEOUT', `no PONG in ${PING_TIMEOUT_MS} ms`)))
    socket.on('connect', () => socket.write('zPING\0'))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer === 'PONG\0'))
  })
}

/** Debian's AppArmor profile holds on to the program's path and lets it read its own folders alone; a copy elsewhere is free of it. */
async function clamdProgram(folder: string): Promise<string> {
  if (!(await hasAppArmor())) return CLAMD
  const copy = join(folder, 'clamd')
  await copyFile(CLAMD, copy)
  await chmod(copy, 0o755)
  return copy
}

async function hasAppArmor(): Promise<boolean> {
  try {
    return (await readFile('/sys/module/apparmor/parameters/enabled', 'latin1')).startsWith('Y')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false
    throw error
  }
}
