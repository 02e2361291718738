import { closeSync, readdirSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openRegular, resolveOnHost } from './kernel.js'
import { KernelError } from './libc.js'
import { readBeginning, readCgroup, readLink } from './proc-files.js'

/** A process of the node. */
export interface HostProcess {
  readonly pid: number
  /** Arguments, the program first. */
  readonly args: readonly string[]
}

/** Maximum length of a command line. A kubelet's has a few thousand bytes. */
const MAX_ARGUMENTS_BYTES = 64 * 1024

/** All processes of pods are in such a cgroup, but no kubelet is, even if it runs as a container. */
const POD_GROUP = /kubepods/

/**
 * Finds processes of the node itself by program name. Excludes processes of nested nodes in containers and of pods in the node's PID namespace,
 * because any pod can name a program "kubelet".
 *
 * @param hostRoot where the node's root is mounted.
 * @param names program names without folder.
 */
export function findHostProcesses(hostRoot: string, names: ReadonlySet<string>): HostProcess[] {
  const procFolder = join(hostRoot, 'proc')
  const nodeNamespace = readLink(join(procFolder, '1/ns/pid'))?.toString('latin1')
  const found: HostProcess[] = []
  for (const name of readdirSync(procFolder)) {
    if (!/^\d+$/.test(name)) continue
    const args = readBeginning(join(procFolder, name, 'cmdline'), MAX_ARGUMENTS_BYTES)
      ?.toString('utf8')
      .split('\0')
      .slice(0, -1)
    if (!args?.[0] || !names.has(basename(args[0]))) continue
    if (POD_GROUP.test(readCgroup(procFolder, Number(name)) ?? '')) continue
    if (readLink(join(procFolder, name, 'ns/pid'))?.toString('latin1') === nodeNamespace) found.push({ pid: Number(name), args })
  }
  return found
}

/** Reads up to `maxBytes` of a regular file of the node as text. @returns undefined when it does not exist. @throws KernelError on other failures. */
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

/** Lists the names in a folder of the node, sorted; empty when it does not exist. */
export function listHostFolder(hostRoot: string, path: string): string[] {
  return undefinedIfMissing(() => readdirSync(resolveOnHost(hostRoot, path)).sort()) ?? []
}

/** True when a path exists on the node. */
export function hostPathExists(hostRoot: string, path: string): boolean {
  return undefinedIfMissing(() => resolveOnHost(hostRoot, path)) !== undefined
}

function undefinedIfMissing<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof KernelError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return undefined
    throw error
  }
}
