import { chmod, chown, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { systemCodeOf } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { endLeftover } from './process-identity.js'
import { requireOpenFolder, userNamed } from './unprivileged-user.js'

const CLAMD = '/usr/sbin/clamd'
const USER = 'clamav'
/** A million signatures load in about ten seconds, the official set in about thirty. */
const READY_TIMEOUT_MS = 120_000
const PING_TIMEOUT_MS = 5_000
/** clamd cannot scan 2 GiB and above. */
const MAX_SIZE = '2047M'

/** Directives of clamd.conf by name, such as `{ DisableCache: 'yes', MaxThreads: '4' }`. clamd rejects unknown ones. */
export type ClamdSettings = Readonly<Record<string, string>>

export interface ClamdOptions {
  /** Holds the socket, the configuration, the log and temporary files. All users must be able to enter the folders above it. */
  readonly folder: string
  /** Holds the signature databases, readable for user `clamav`; may be a symbolic link that is switched later. */
  readonly databaseFolder: string
  /** Overrides the defaults of `clamdConfig`. */
  readonly settings?: ClamdSettings
}

export interface RunningClamd {
  readonly socketPath: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Starts Debian's clamd as user `clamav` on a Unix socket only, and waits until it answers.
 *
 * @throws ChildStartError with the output of clamd; Error when its user cannot enter a folder.
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
 * Builds a clamd.conf: foreground, Unix socket only, no updates, all limits at the maximum of clamd, and an alert instead of a silent "OK"
 * above them. Pure.
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
    // A concurrent reload would need twice the memory.
    ConcurrentDatabaseReload: 'no',
    // A reload that is not concurrent waits until idle sessions are closed, and answers no requests meanwhile.
    IdleTimeout: '1',
    // The puller decides when databases are loaded; clamd's own check could load them in the middle of a switch.
    SelfCheck: '0',
    ...options.settings,
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('')
}

/** Sends PING on a new connection. @throws the connection error while clamd still loads. */
async function isAnswering(socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath)
    let answer = ''
    socket.setTimeout(PING_TIMEOUT_MS, () => socket.destroy(new Error(`no PONG within ${PING_TIMEOUT_MS} ms`)))
    socket.on('connect', () => socket.write('zPING\0'))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer === 'PONG\0'))
  })
}

/** Debian's AppArmor profile applies to the program's path and restricts the folders that it may read; a copy is not restricted. */
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
