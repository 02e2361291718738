import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErrorCode } from '@guardimesh/contracts'
import { GuardError, messageOf, sleep } from '@guardimesh/kit'
import { endLeftover, endProcess, identityOf, writePidFile } from './process-identity.js'
import type { UserIds } from './run-command.js'

const POLL_MS = 20
const LOG_TAIL_BYTES = 4_096

export interface ChildOptions {
  /** Names the log file and the pid file: `<folder>/<name>.log`, `<folder>/<name>.pid`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Made when missing. */
  readonly folder: string
  readonly env?: NodeJS.ProcessEnv
  readonly workingFolder?: string
  /** Whom the process runs as; the caller's own user when left out. */
  readonly user?: UserIds | undefined
  /** Asked until it gives true; when it throws, the error is kept for the message and it is asked again. */
  readonly isReady: () => Promise<boolean> | boolean
  /** 30 s when left out. */
  readonly readyTimeoutMs?: number
  /** SIGTERM when left out. */
  readonly stopSignal?: NodeJS.Signals
  /** How long the process may take to stop before it is killed: 10 s when left out. */
  readonly stopGraceMs?: number
  /** Code of the error when the process does not get ready: RUNTIME_UNAVAILABLE when left out. */
  readonly failureCode?: ErrorCode
}

/** How a process ended: one of the two is null. */
export interface ExitStatus {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningChild {
  readonly pid: number
  readonly logFile: string
  /** Resolves when the process ended, in whatever way. Never rejects. */
  readonly exited: Promise<ExitStatus>
  /** Stops it (signal, then SIGKILL after the grace period) and removes its pid file. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a process in a session of its own (an interrupt at the terminal reaches only us, so we choose the order of stopping), with its
 * output in a log file, and waits until it is ready. What an earlier, killed run left under the same name is ended first.
 *
 * @throws GuardError `failureCode` when it cannot be started, ends early or is not ready in time; the message holds the end of
 * its output. The fact `endedEarly` is true when it ended by itself.
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  await mkdir(options.folder, { recursive: true })
  const pidFile = join(options.folder, `${options.name}.pid`)
  const logFile = join(options.folder, `${options.name}.log`)
  await endLeftover(pidFile)
  const log = await open(logFile, 'a', 0o600)
  const logStart = (await log.stat()).size
  try {
    const child = spawn(options.command, options.args, {
      cwd: options.workingFolder,
      env: options.env ?? process.env,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...options.user,
    })
    const fail = async (why: string, endedEarly: boolean) => failure(options, why, endedEarly, await tailOf(logFile, logStart))
    const exited = exitOf(child)
    const { pid } = child
    if (pid === undefined) throw await fail(`cannot be started: ${(await exited).error}`, false)
    const running = await runningChild({ pid, logFile, pidFile, exited, options })
    const why = await waitUntilReady(running, options)
    if (why === undefined) return running
    const endedEarly = identityOf(pid) === undefined
    await running.stop()
    throw await fail(why, endedEarly)
  } finally {
    await log.close()
  }
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

interface Parts {
  readonly pid: number
  readonly logFile: string
  readonly pidFile: string
  readonly exited: Promise<Ending>
  readonly options: ChildOptions
}

async function runningChild({ pid, logFile, pidFile, exited, options }: Parts): Promise<RunningChild> {
  const identity = identityOf(pid)
  if (identity) await writePidFile(pidFile, identity)
  return {
    pid,
    logFile,
    exited,
    stop: async () => {
      if (identity) await endProcess(identity, options.stopSignal, options.stopGraceMs)
      await exited
      await rm(pidFile, { force: true })
    },
  }
}

/** @returns why it did not get ready; undefined when it is. */
async function waitUntilReady(child: RunningChild, options: ChildOptions): Promise<string | undefined> {
  const timeoutMs = options.readyTimeoutMs ?? 30_000
  let ended: ExitStatus | undefined
  const watch = child.exited.then((status) => {
    ended = status
  })
  let lastError = ''
  for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; await Promise.race([sleep(POLL_MS), watch])) {
    if (ended) return `ended at its start (${ended.signal ?? `exit code ${ended.exitCode}`})`
    try {
      if (await options.isReady()) return undefined
    } catch (error) {
      lastError = `: ${messageOf(error)}`
    }
  }
  return `was not ready in ${timeoutMs} ms${lastError}`
}

function failure(options: ChildOptions, why: string, endedEarly: boolean, printed: string): GuardError {
  const output = printed ? `; it printed:\n${printed}` : '; it printed nothing'
  return new GuardError(options.failureCode ?? 'RUNTIME_UNAVAILABLE', `${options.name} ${why}${output}`, {
    command: options.command,
    endedEarly,
  })
}

/** The end of what this start added to the log. */
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
