import { spawn } from 'node:child_process'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, sizeOf } from '@guardimesh/kit'
import { endProcess, identityOf } from '@guardimesh/testbed/process-identity.js'
import type { Part, RunningPart } from './part.js'

/** A log that grew beyond this is put aside at the next start, so that at most twice as much is kept. */
const LOG_MAX_BYTES = 20 * MIB_BYTES
/** Time between SIGTERM and SIGKILL. The backend finishes its requests within 10 s. */
const STOP_GRACE_MS = 12_000

export interface ProcessPartOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment besides PATH, HOME, LANG and TZ: settings of the person's shell do not leak in. */
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  readonly checkReady?: () => Promise<void>
}

/** A part that is one child process; its output is appended to `logFile`. */
export function processPart(options: ProcessPartOptions): Part {
  const { name, logFile, checkReady } = options
  return { name, logFile, ...(checkReady ? { checkReady } : {}), launch: () => launchProcess(options) }
}

async function launchProcess(options: ProcessPartOptions): Promise<RunningPart> {
  const log = await openLog(options.logFile)
  try {
    const child = spawn(options.command, options.args, { env: { ...inheritedEnv(), ...options.env }, stdio: ['ignore', log.fd, log.fd] })
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
      child.once('error', (error) => resolve(error.message))
    })
    if (child.pid === undefined) throw launchFailure(options, 'did not start', await exited)
    // A process that ends at once may be gone before it was looked at.
    const identity = identityOf(child.pid)
    if (!identity) throw launchFailure(options, 'ended at its start', await exited)
    const stop = async () => {
      await endProcess(identity, 'SIGTERM', STOP_GRACE_MS)
      await exited
    }
    return { identity, exited, stop }
  } finally {
    await log.close()
  }
}

function launchFailure({ name, logFile }: ProcessPartOptions, what: string, why: string): GuardError {
  return new GuardError('INTERNAL', `${name} ${what}: ${why}`, { part: name, logFile })
}

/** Opens a log to append to. */
export async function openLog(path: string) {
  await mkdir(dirname(path), { recursive: true })
  if ((await sizeOf(path)) > LOG_MAX_BYTES) await rename(path, `${path}.1`)
  return open(path, 'a', 0o640)
}

/** What every program needs of the person's environment. */
export function inheritedEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'LOG_LEVEL']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
