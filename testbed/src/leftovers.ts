import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile, realpath, rm, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GuardError, namesIn, sleep, systemCodeOf } from '@guardimesh/kit'
import { endProcess, identityOf, type ProcessIdentity } from './process-identity.js'
import { runCommand } from './run-command.js'

const CGROUP_ROOT = '/sys/fs/cgroup'
const UNMOUNT_ATTEMPTS = 10
const UNMOUNT_PAUSE_MS = 100

/** What tells our processes from those of another runtime on this machine. */
export interface RuntimeMarks {
  /** Shims carry the private socket of their runtime as an argument, a containerd below Docker its private configuration file. */
  readonly ownArguments: readonly string[]
  /** Containers carry their id, 64 hexadecimal digits, in the name of their cgroup. */
  readonly containerIds: readonly string[]
}

/**
 * Ends what a runtime leaves running when it is stopped or killed: shims and the containers below them. Found by marks that only this
 * runtime's processes have.
 */
export async function endRuntimeProcesses(marks: RuntimeMarks): Promise<void> {
  // Shims first: a shim that sees its container end would start a clean-up of its own. A shim's end leaves its containers running.
  for (const helper of processesWhere((pid) => isHelper(pid, marks.ownArguments))) await endProcess(helper, 'SIGKILL')
  const isOurs = (pid: number) => marks.containerIds.some((id) => readProc(pid, 'cgroup').includes(id))
  for (const contained of processesWhere(isOurs)) await endProcess(contained, 'SIGKILL')
  for (const id of marks.containerIds) await removeCgroups(id)
}

/**
 * Removes files and folders of a runtime, once all that is mounted in them is unmounted.
 *
 * @param names what the runtime makes in its folder: nothing else in it is touched, whatever folder the caller chose.
 * @throws GuardError RUNTIME_UNAVAILABLE when something stays mounted.
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
    if (attempt > UNMOUNT_ATTEMPTS) throw new GuardError('RUNTIME_UNAVAILABLE', `cannot unmount ${mounts[0]}`, { folder })
    // What was just ended may hold a mount for a moment longer; a lazy unmount would hide that and leave it alive.
    for (const mount of mounts) await runCommand('umount', [mount]).catch(() => sleep(UNMOUNT_PAUSE_MS))
  }
}

/** Mount points below a folder (itself included), the latest first; none when it is missing. */
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

/** True for containerd and its shims with one of the arguments; another program may name the same socket. */
function isHelper(pid: number, ownArguments: readonly string[]): boolean {
  const [program = '', ...args] = readProc(pid, 'cmdline').split('\0')
  return basename(program).startsWith('containerd') && args.some((argument) => ownArguments.includes(argument))
}

/** A file of /proc/PID; empty when the process is gone. */
function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

/** The empty cgroups of a container that was killed: in each hierarchy of cgroups v1, or in the one of v2. */
async function removeCgroups(containerId: string): Promise<void> {
  const hierarchies = [CGROUP_ROOT, ...(await namesIn(CGROUP_ROOT)).map((name) => join(CGROUP_ROOT, name))]
  for (const parent of hierarchies.flatMap((folder) => [join(folder, 'k8s.io'), join(folder, 'docker')])) {
    await rmdir(join(parent, containerId)).catch((error: unknown) => {
      if (!['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) throw error
    })
  }
}
