import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readLink, readNamespace } from './proc-files.js'

/** A mount namespace with a process in it. */
export interface MountNamespace {
  /** The kernel's name, such as "mnt:[4026531841]". */
  readonly id: string
  /** A process in it; if possible one that sees all of its mounts. */
  readonly pid: number
  /** False when all of its processes have changed their root, so that only mounts below that root are listed. */
  readonly isComplete: boolean
}

/** Returns the mount namespace of a process; undefined when it has ended. */
export function mountNamespaceOf(hostRoot: string, pid: number): string | undefined {
  return readNamespace(join(hostRoot, 'proc'), pid, 'mnt')
}

/** True for the mount namespace of the node, or of this process. The kernel may refuse to show that of the node's first process. */
export function isNamespaceOfNode(hostRoot: string, id: string | undefined): boolean {
  return id !== undefined && (id === mountNamespaceOf(hostRoot, 1) || id === ownMountNamespace())
}

/** True for a process in the container of this process; false when this process runs directly on the node. */
export function isInOwnContainer(hostRoot: string, pid: number): boolean {
  const [own, ofNode] = [ownMountNamespace(), mountNamespaceOf(hostRoot, 1)]
  return ofNode !== undefined && own !== undefined && own !== ofNode && own === mountNamespaceOf(hostRoot, pid)
}

const ownMountNamespace = (): string | undefined => readNamespace('/proc', 'self', 'mnt')

/** Finds the mount namespaces of all processes of the node, with their processes in ascending order. */
export function processesByNamespace(hostRoot: string): Map<string, number[]> {
  const pids = readdirSync(join(hostRoot, 'proc'))
    .map(Number)
    .filter((pid) => pid > 0)
  return groupByNamespace(hostRoot, pids)
}

/** Groups processes by their mount namespace. Leaves out processes that have ended. */
export function groupByNamespace(hostRoot: string, pids: readonly number[]): Map<string, number[]> {
  const byNamespace = new Map<string, number[]>()
  for (const pid of pids) {
    const id = mountNamespaceOf(hostRoot, pid)
    if (id === undefined) continue
    const known = byNamespace.get(id)
    if (known) known.push(pid)
    else byNamespace.set(id, [pid])
  }
  return byNamespace
}

/** Chooses a process of a namespace that sees all of its mounts: the kernel lists only those below the root of the process that is read. */
export function representativeOf(hostRoot: string, id: string, pids: readonly number[]): MountNamespace | undefined {
  const complete = pids.find((pid) => readLink(join(hostRoot, 'proc', String(pid), 'root'))?.toString('latin1') === '/')
  const pid = complete ?? pids[0]
  return pid === undefined ? undefined : { id, pid, isComplete: complete !== undefined }
}
