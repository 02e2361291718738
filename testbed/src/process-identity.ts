import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { GuardError, sleep, systemCodeOf } from '@guardimesh/kit'

/** A process that cannot be mistaken for a later one with the same number: the kernel's start time is part of it. */
export interface ProcessIdentity {
  readonly pid: number
  /** Moment of the start in clock ticks since boot, of /proc/PID/stat. */
  readonly startTicks: string
}

const POLL_MS = 20

/** Who runs under a number now; undefined when nobody does, or only a zombie that waits for its parent. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The second field, the name, may hold spaces and brackets: what counts starts after its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTicks = fields[19]
  return state === 'Z' || state === 'X' || startTicks === undefined ? undefined : { pid, startTicks }
}

/** True while exactly this process runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startTicks === identity.startTicks
}

/** Writes who runs, so that a later start can end it after a crash. */
export async function writePidFile(path: string, identity: ProcessIdentity): Promise<void> {
  await writeFile(path, `${identity.pid} ${identity.startTicks}\n`)
}

/** Reads what `writePidFile` wrote. @returns undefined when there is no such file or it was cut short by a crash. */
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
 * Ends one process: the signal first, SIGKILL after the grace period. Does nothing when it is gone or its number belongs to another.
 *
 * @throws GuardError INTERNAL when not even SIGKILL ended it.
 */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals = 'SIGTERM', graceMs = 10_000): Promise<void> {
  if (!sendSignal(identity, signal) || (await waitUntilGone(identity, graceMs))) return
  if (!sendSignal(identity, 'SIGKILL') || (await waitUntilGone(identity, 10_000))) return
  throw new GuardError('INTERNAL', `process ${identity.pid} does not end, it waits in the kernel`, { pid: identity.pid })
}

/** Ends the process that a pid file names, if it still runs, and removes the file: what a killed run left behind. */
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
