import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sizeOf } from '@guardimesh/kit'
import { endLeftover, endProcess, identityOf, type ProcessIdentity, writePidFile } from './process-identity.js'
import type { UserIds } from './unprivileged-user.js'
import { waitUntilReady } from './wait-until-ready.js'

const LOG_TAIL_BYTES = 4_096
const DEFAULT_READY_TIMEOUT_MS = 30_000

export interface LaunchOptions {
  readonly command: string
  readonly args: readonly string[]
  /** Receives both outputs, appended. Its folder is created. */
  readonly logFile: string
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined
  readonly workingFolder?: string | undefined
  /** Default: the user of this process. */
  readonly user?: UserIds | undefined
  /** Whether the process runs in its own session, so that an interrupt at the terminal does not reach it. Default: false. */
  readonly hasOwnSession?: boolean
  /** Default: SIGTERM. */
  readonly stopSignal?: NodeJS.Signals | undefined
  /** Time between the stop signal and SIGKILL. Default: 10 s. */
  readonly stopGraceMs?: number | undefined
}

/** How a process ended: one of the two is null. */
export interface ExitStatus {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

export interface LaunchedChild {
  readonly identity: ProcessIdentity
  /** Resolves when the process ended. Never rejects. */
  readonly exited: Promise<ExitStatus>
  /** Stops it with the stop signal, and with SIGKILL after the grace period. May be called again. */
  stop(): Promise<void>
}

/** A child process that could not be started or did not become ready. */
export class ChildStartError extends Error {
  override readonly name = 'ChildStartError'
  /** Whether it ended on its own. */
  readonly endedEarly: boolean

  constructor(message: string, endedEarly: boolean) {
    super(message)
    this.endedEarly = endedEarly
  }
}

/**
 * Launches a process with its output in a log file.
 *
 * @throws ChildStartError when it cannot be started or ends immediately.
 */
export async function launchChild(options: LaunchOptions): Promise<LaunchedChild> {
  await mkdir(dirname(options.logFile), { recursive: true })
  const log = await open(options.logFile, 'a', 0o640)
  try {
    const child = spawn(options.command, options.args, {
      cwd: options.workingFolder,
      env: options.env ?? process.env,
      stdio: ['ignore', log.fd, log.fd],
      detached: options.hasOwnSession ?? false,
      ...options.user,
    })
    const exited = exitOf(child)
    if (child.pid === undefined) throw new ChildStartError(`could not be started: ${(await exited).error}`, false)
    const identity = identityOf(child.pid)
    if (!identity) throw new ChildStartError(`ended before it was ready (${exitText(await exited)})`, true)
    const stop = async () => {
      await endProcess(identity, options.stopSignal, options.stopGraceMs)
      await exited
    }
    return { identity, exited, stop }
  } finally {
    await log.close()
  }
}

/** "exit code 1" or "SIGKILL". */
export function exitText({ exitCode, signal }: ExitStatus): string {
  return signal ?? `exit code ${exitCode}`
}

export interface ChildOptions extends Omit<LaunchOptions, 'logFile' | 'hasOwnSession'> {
  /** Names the log file and the pid file: `<folder>/<name>.log`, `<folder>/<name>.pid`. */
  readonly name: string
  /** Created when it does not exist. */
  readonly folder: string
  /** Polled until it returns true. An error counts as false and is part of the message at the timeout. */
  readonly isReady: () => Promise<boolean> | boolean
  /** Default: 30 s. */
  readonly readyTimeoutMs?: number
}

export interface RunningChild {
  readonly pid: number
  readonly logFile: string
  readonly exited: Promise<ExitStatus>
  /** Stops the process and removes its pid file. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a process in its own session, so that the caller decides the order of stopping, and waits until it is ready. Ends the process that
 * a killed run left under the same name first.
 *
 * @throws ChildStartError when it cannot be started, ends early or is not ready in time; the message includes the end of its output.
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  const { name, folder, readyTimeoutMs = DEFAULT_READY_TIMEOUT_MS } = options
  await mkdir(folder, { recursive: true })
  const pidFile = join(folder, `${name}.pid`)
  const logFile = join(folder, `${name}.log`)
  await endLeftover(pidFile)
  const logStart = await sizeOf(logFile)
  const fail = async (reason: string, endedEarly: boolean) => {
    const printed = await tailOf(logFile, logStart)
    return new ChildStartError(`${name} ${reason}; ${printed ? `it printed:\n${printed}` : 'it printed nothing'}`, endedEarly)
  }
  let child: LaunchedChild
  try {
    child = await launchChild({ ...options, logFile, hasOwnSession: true })
  } catch (error) {
    throw error instanceof ChildStartError ? await fail(error.message, error.endedEarly) : error
  }
  await writePidFile(pidFile, child.identity)
  const stop = async () => {
    await child.stop()
    await rm(pidFile, { force: true })
  }
  const reason = await waitUntilReady({
    exited: child.exited.then(exitText),
    checkReady: () => checkReady(options),
    timeoutMs: readyTimeoutMs,
  })
  if (reason === undefined) return { pid: child.identity.pid, logFile, exited: child.exited, stop }
  const endedEarly = identityOf(child.identity.pid) === undefined
  await stop()
  throw await fail(reason, endedEarly)
}

async function checkReady({ isReady }: ChildOptions): Promise<void> {
  if (!(await isReady())) throw new Error('not ready')
}

interface Ending extends ExitStatus {
  readonly error?: string
}

function exitOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: null, signal: null, error: error.message }))
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
  })
}

/** Reads the end of the output that was appended to a log since an offset. */
async function tailOf(logFile: string, logStart: number): Promise<string> {
  const { size } = await stat(logFile)
  const from = Math.max(logStart, size - LOG_TAIL_BYTES)
  const file = await open(logFile, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.toString('utf8', 0, bytesRead).trim()
  } finally {
    await file.close()
  }
}
