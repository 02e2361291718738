import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { containerIdsIn, parseStat, readBeginning, readCgroup, readNamespace } from './proc-files.js'

/** A container and its first process, in the node's PID namespace. */
export interface ContainerRoot {
  readonly containerId: string
  readonly pid: number
}

/** Ids of containers: a set of them, or a map with them as keys. */
type KnownIds = Pick<ReadonlySet<string>, 'has'>

const STAT_BYTES = 1024

/**
 * Finds the processes of containers in one pass over /proc. A process belongs to the container in its cgroup path; otherwise to the only
 * container with its PID namespace; otherwise to the container of its nearest ancestor. This covers pods in the node's PID namespace, shared
 * PID namespaces and nested namespaces. The containers may be some of those on the node: processes of others are left out.
 *
 * @param procFolder the node's /proc.
 * @returns ascending process ids by container, with an empty list for a container without processes. Excludes processes of the node.
 */
export function findContainerProcesses(procFolder: string, containers: readonly ContainerRoot[]): Map<string, number[]> {
  const knownIds = new Set(containers.map(({ containerId }) => containerId))
  const byNamespace = ownNamespaces(procFolder, containers)
  const owners = new Map<number, string>()
  const parents = new Map<number, number>()
  const roots = new Map(containers.map(({ containerId, pid }) => [pid, containerId]))
  for (const pid of processIds(procFolder)) {
    const owner = roots.get(pid) ?? ownerByCgroup(procFolder, pid, knownIds)
    const root = owner === undefined ? byNamespace.get(namespaceOf(procFolder, pid) ?? '') : undefined
    if (owner !== undefined) owners.set(pid, owner)
    else if (!root) parents.set(pid, parentOf(procFolder, pid))
    else if (!isOfOther(procFolder, pid, root)) owners.set(pid, root.containerId)
  }
  for (const pid of parents.keys()) {
    const owner = ownerOfParents(pid, parents, owners)
    if (owner !== undefined) owners.set(pid, owner)
  }
  return groupByContainer(containers, owners)
}

function processIds(procFolder: string): number[] {
  return readdirSync(procFolder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** Returns the container in the cgroup path of a process; undefined when it is in none of them, or has ended. */
export function ownerByCgroup(procFolder: string, pid: number, knownIds: KnownIds): string | undefined {
  const text = readCgroup(procFolder, pid)
  return text && containerIdInCgroup(text, knownIds)
}

/**
 * Returns the container of a cgroup: the first part of a path with a known id, such as ".../cri-containerd-<id>.scope" or ".../<id>". Later
 * parts are ignored, because the container controls them and could use another container's id. Pure.
 */
export function containerIdInCgroup(text: string, knownIds: KnownIds): string | undefined {
  for (const line of text.split('\n')) {
    const owner = containerIdsIn(line).find((id) => knownIds.has(id)) ?? line.split('/').find((part) => knownIds.has(part))
    if (owner !== undefined) return owner
  }
  return undefined
}

/**
 * Whether a process in the PID namespace of a container is that of another one, such as an ephemeral container for debugging, which shares the
 * namespace. The cgroup alone is not enough, because a privileged container can choose its name.
 */
function isOfOther(procFolder: string, pid: number, root: ContainerRoot): boolean {
  const namesContainer = containerIdsIn(readCgroup(procFolder, pid) ?? '').length > 0
  return namesContainer && readNamespace(procFolder, pid, 'mnt') !== readNamespace(procFolder, root.pid, 'mnt')
}

/** Returns the PID namespaces that belong to exactly one container and not to the node. */
function ownNamespaces(procFolder: string, containers: readonly ContainerRoot[]): Map<string, ContainerRoot> {
  const owners = new Map<string, ContainerRoot>()
  const shared = new Set([namespaceOf(procFolder, 1), namespaceOf(procFolder, process.pid)])
  for (const root of containers) {
    const namespace = namespaceOf(procFolder, root.pid)
    if (namespace === undefined) continue
    if (owners.has(namespace)) shared.add(namespace)
    owners.set(namespace, root)
  }
  for (const namespace of shared) if (namespace !== undefined) owners.delete(namespace)
  return owners
}

const namespaceOf = (procFolder: string, pid: number) => readNamespace(procFolder, pid, 'pid')

function parentOf(procFolder: string, pid: number): number {
  const text = readBeginning(join(procFolder, String(pid), 'stat'), STAT_BYTES)
  return (text && parseStat(text)?.parentPid) ?? 0
}

function ownerOfParents(pid: number, parents: ReadonlyMap<number, number>, owners: ReadonlyMap<number, string>): string | undefined {
  let ancestor = parents.get(pid)
  // The entries were read at different times and could form a cycle, so the depth is limited.
  for (let depth = 0; ancestor !== undefined && depth <= parents.size; depth++) {
    const owner = owners.get(ancestor)
    if (owner !== undefined) return owner
    ancestor = parents.get(ancestor)
  }
  return undefined
}

function groupByContainer(containers: readonly ContainerRoot[], owners: ReadonlyMap<number, string>): Map<string, number[]> {
  const processes = new Map<string, number[]>(containers.map(({ containerId }) => [containerId, []]))
  for (const [pid, owner] of owners) processes.get(owner)?.push(pid)
  for (const pids of processes.values()) pids.sort((a, b) => a - b)
  return processes
}
