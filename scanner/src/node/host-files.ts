import { closeSync, readdirSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openRegular, resolveOnHost } from './kernel.js'
import { KernelError } from './libc.js'
import { readBeginning, readLink } from './proc-files.js'

/** A program of the node that runs. */
export interface HostProcess {
  readonly pid: number
  /** Arguments, the program first. */
  readonly args: readonly string[]
}

/** The longest command line that is read; a kubelet's has some thousand bytes. */
const ARGUMENTS_BYTES = 64 * 1024

const CGROUP_BYTES = 16_384
/** Every pod's processes are in such a group; no kubelet is, also where it runs as a container. */
const POD_GROUP = /kubepods/

/**
 * Finds the processes of the node itself that run a program of one of these names. Those of nodes that run as containers on this machine are left out,
 * and those of pods that see the node's processes: anybody can call a program kubelet.
 *
 * @param hostRoot where the node's root is mounted.
 * @param names of programs, without folder.
 */
export function findHostProcesses(hostRoot: string, names: ReadonlySet<string>): HostProcess[] {
  const procFolder = join(hostRoot, 'proc')
  const nodeNamespace = readLink(join(procFolder, '1/ns/pid'))?.toString('latin1')
  const found: HostProcess[] = []
  for (const name of readdirSync(procFolder)) {
    if (!/^\d+$/.test(name)) continue
    const args = readBeginning(join(procFolder, name, 'cmdline'), ARGUMENTS_BYTES)
      ?.toString('utf8')
      .split('\0')
      .slice(0, -1)
    if (!args?.[0] || !names.has(basename(args[0]))) continue
    if (POD_GROUP.test(readBeginning(join(procFolder, name, 'cgroup'), CGROUP_BYTES)?.toString('latin1') ?? '')) continue
    if (readLink(join(procFolder, name, 'ns/pid'))?.toString('latin1') === nodeNamespace) found.push({ pid: Number(name), args })
  }
  return found
}

/** Reads the beginning of a regular file of the node as text. @returns undefined when there is none. @throws KernelError for any other reason. */
export function readHostFile(hostRoot: string, path: string, maxBytes: number): string | undefined {
  return undefinedIfMissing(() => {
    const fd = openRegular(resolveOnHost(hostRoot, path))
    try {
      const out = Buffer.alloc(maxBytes)
      return out.toString('utf8', 0, readSync(fd, out, 0, maxBytes, 0))
    } finally {
      closeSync(fd)
    }
  })
}

/** Names in a folder of the node, sorted; none when it is not there. */
export function listHostFolder(hostRoot: string, path: string): string[] {
  return undefinedIfMissing(() => readdirSync(resolveOnHost(hostRoot, path)).sort()) ?? []
}

/** True when there is something at a path of the node. */
export function hostPathExists(hostRoot: string, path: string): boolean {
  return undefinedIfMissing(() => resolveOnHost(hostRoot, path)) !== undefined
}

function undefinedIfMissing<Result>(look: () => Result): Result | undefined {
  try {
    return look()
  } catch (error) {
    if (error instanceof KernelError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return undefined
    throw error
  }
}
