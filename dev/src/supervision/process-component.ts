import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { messageOf, sizeOf } from '@guardimesh/kit'
import { exitText, launchChild } from '@guardimesh/testbed/child-process.js'
import { type Component, ComponentError, type RunningComponent } from './component.js'

/** A larger log is renamed at the next start, so the log and the previous one hold about twice this size. */
const LOG_MAX_BYTES = 20 * MIB_BYTES
/** Time between SIGTERM and SIGKILL. The backend finishes its requests within 10 s. */
const STOP_GRACE_MS = 12_000

export interface ProcessOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The environment, together with PATH, HOME, LANG and TZ: other variables of the user's shell are not inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  readonly checkReady?: () => Promise<void>
}

/** Creates a component of one child process whose output is appended to `logFile`. */
export function processComponent(options: ProcessOptions): Component {
  const { name, logFile, checkReady } = options
  return { name, logFile, ...(checkReady ? { checkReady } : {}), launch: () => launchProcess(options) }
}

async function launchProcess(options: ProcessOptions): Promise<RunningComponent> {
  const { command, args, env, logFile } = options
  await rotateLog(logFile)
  try {
    const child = await launchChild({ command, args, logFile, env: { ...inheritedEnv(), ...env }, stopGraceMs: STOP_GRACE_MS })
    return { identity: child.identity, exited: child.exited.then(exitText), stop: () => child.stop() }
  } catch (error) {
    throw new ComponentError(options, messageOf(error), error)
  }
}

/** Opens a log for appending. */
export async function openLog(path: string) {
  await rotateLog(path)
  return open(path, 'a', 0o640)
}

async function rotateLog(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  if ((await sizeOf(path)) > LOG_MAX_BYTES) await rename(path, `${path}.1`)
}

/** The part of the user's environment that every program needs. */
export function inheritedEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'LOG_LEVEL']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
