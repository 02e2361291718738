import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile, realpath, rm, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { namesIn, runChecked, sleep, systemCodeOf } from '@guardimesh/kit'
import { endProcess, identityOf, type ProcessIdentity } from './process-identity.js'

const CGROUP_ROOT = '/sys/fs/cgroup'
const UNMOUNT_ATTEMPTS = 10
const UNMOUNT_PAUSE_MS = 100

/** Distinguishes the processes of a runtime from those of other runtimes on this machine. */
export interface RuntimeMarks {
  /** Arguments of its processes: the private socket of a shim, the private configuration file of Docker's containerd. */
  readonly ownArguments: readonly string[]
  /** Ids of its containers, 64 hexadecimal digits, which are part of their cgroup names. */
  readonly containerIds: readonly string[]
}

/**
 * Ends the processes that a stopped or killed runtime leaves: shims and their containers. Only processes with the marks of this runtime are
 * ended.
 */
export async function endRuntimeProcesses(marks: RuntimeMarks): Promise<void> {
  // Shims first: a shim cleans up when its container ends, but containers keep running when their shim ends.
  for (const helper of processesWhere((pid) => isHelper(pid, marks.ownArguments))) await endProcess(helper, 'SIGKILL')
  const isOurs = (pid: number) => marks.containerIds.some((id) => readProc(pid, 'cgroup').includes(id))
  for (const contained of processesWhere(isOurs)) await endProcess(contained, 'SIGKILL')
  for (const id of marks.containerIds) await removeCgroups(id)
}

/**
 * Unmounts and removes files and folders of a runtime.
 *
 * @param names files that the runtime creates in its folder; other files are not touched.
 * @throws Error when an unmount fails.
 */
export async function removeRuntimeFiles(folder: string, names: readonly string[]): Promise<void> {
  for (const path of names.map((name) => join(folder, name))) {
    await unmountBelow(path)
    await rm(path, { recursive: true, force: true })
  }
}

async function unmountBelow(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const mounts = await mountsBelow(folder)
    if (mounts.length === 0) return
    if (attempt > UNMOUNT_ATTEMPTS) throw new Error(`failed to unmount ${mounts[0]}`)
    // A process that just ended may still hold the mount; a lazy unmount would hide a process that did not end.
    for (const mount of mounts) await runChecked('umount', [mount]).catch(() => sleep(UNMOUNT_PAUSE_MS))
  }
}

/** Lists the mount points below a folder (itself included), the latest first; none when the folder does not exist. */
export async function mountsBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const root = await realpath(folder)
  const points = (await readFile('/proc/self/mountinfo', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((point) => point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))))
  return points.filter((point) => point === root || point.startsWith(`${root}/`)).reverse()
}

function processesWhere(isWanted: (pid: number) => boolean): ProcessIdentity[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids
    .map(Number)
    .filter(isWanted)
    .map(identityOf)
    .filter((identity) => identity !== undefined)
}

/** Whether a process is containerd or a shim with one of the arguments; other programs may name the same socket. */
function isHelper(pid: number, ownArguments: readonly string[]): boolean {
  const [program = '', ...args] = readProc(pid, 'cmdline').split('\0')
  return basename(program).startsWith('containerd') && args.some((argument) => ownArguments.includes(argument))
}

/** Reads a file of /proc/PID; empty when the process ended. */
function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

/** Removes the empty cgroups of a killed container: in each hierarchy of cgroups v1, or in that of v2. */
async function removeCgroups(containerId: string): Promise<void> {
  const hierarchies = [CGROUP_ROOT, ...(await namesIn(CGROUP_ROOT)).map((name) => join(CGROUP_ROOT, name))]
  for (const parent of hierarchies.flatMap((folder) => [join(folder, 'k8s.io'), join(folder, 'docker')])) {
    await rmdir(join(parent, containerId)).catch((error: unknown) => {
      if (!['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) throw error
    })
  }
}
