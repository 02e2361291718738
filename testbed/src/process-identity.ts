import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { sleep, systemCodeOf } from '@guardimesh/kit'

/** Identifies a process by pid and start time, so that a later process with the same pid is not mistaken for it. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start time in clock ticks since boot, from /proc/PID/stat. */
  readonly startTicks: string
}

const POLL_MS = 20

/** Returns the identity of the running process with a pid; undefined when there is none, or only a zombie. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The second field, the name, may contain spaces and brackets, so parse from its last bracket on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTicks = fields[19]
  return state === 'Z' || state === 'X' || startTicks === undefined ? undefined : { pid, startTicks }
}

/** Whether exactly this process is running. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startTicks === identity.startTicks
}

/** Writes an identity, so that a later start can end the process after a crash. */
export async function writePidFile(path: string, identity: ProcessIdentity): Promise<void> {
  await writeFile(path, `${identity.pid} ${identity.startTicks}\n`)
}

/** Reads a file of `writePidFile`. @returns undefined when it does not exist or was truncated by a crash. */
export async function readPidFile(path: string): Promise<ProcessIdentity | undefined> {
  try {
    const [, pid, startTicks] = /^(\d+) (\d+)\n$/.exec(await readFile(path, 'latin1')) ?? []
    return pid === undefined || startTicks === undefined ? undefined : { pid: Number(pid), startTicks }
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Ends one process: the signal first, SIGKILL after the grace period. Does nothing when it ended or its pid belongs to another process.
 *
 * @throws Error when SIGKILL did not end it either.
 */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals = 'SIGTERM', graceMs = 10_000): Promise<void> {
  if (!sendSignal(identity, signal) || (await waitUntilGone(identity, graceMs))) return
  if (!sendSignal(identity, 'SIGKILL') || (await waitUntilGone(identity, 10_000))) return
  throw new Error(`process ${identity.pid} did not end after SIGKILL: it is blocked in the kernel`)
}

/** Ends the leftover process of a killed run that a pid file names, if it is still running, and removes the file. */
export async function endLeftover(pidFile: string): Promise<void> {
  const leftover = await readPidFile(pidFile)
  if (leftover) await endProcess(leftover)
  await rm(pidFile, { force: true })
}

function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    return process.kill(identity.pid, signal)
  } catch (error) {
    if (systemCodeOf(error) === 'ESRCH') return false
    throw error
  }
}

async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; await sleep(POLL_MS)) if (!isAlive(identity)) return true
  return !isAlive(identity)
}
