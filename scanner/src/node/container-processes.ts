import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseStat, readBeginning, readLink } from './proc-files.js'

/** A container and its first process, as the node sees it. */
export interface ContainerRoot {
  readonly containerId: string
  readonly pid: number
}

/** `cgroup` of a process has one line a hierarchy; deep nesting makes it long. */
const CGROUP_BYTES = 16_384
const STAT_BYTES = 1024
const CONTAINER_ID = /[0-9a-f]{64}/g

/**
 * Finds the processes of containers in one pass over /proc. A process belongs to the container that its cgroup names; one that left its cgroup, to
 * the container that has its PID namespace alone; else to that of its nearest parent. So a pod that shares the node's PID namespace, containers that
 * share one, and namespaces inside a container all come out right.
 *
 * @param procFolder the node's /proc.
 * @returns process ids by container, ascending; a container without processes is there with none. Processes of the node are left out.
 */
export function findContainerProcesses(procFolder: string, containers: readonly ContainerRoot[]): Map<string, number[]> {
  const knownIds = new Set(containers.map(({ containerId }) => containerId))
  const byNamespace = ownNamespaces(procFolder, containers)
  const owners = new Map<number, string>()
  const parents = new Map<number, number>()
  const roots = new Map(containers.map(({ containerId, pid }) => [pid, containerId]))
  for (const pid of processIds(procFolder)) {
    const owner = roots.get(pid) ?? ownerByCgroup(procFolder, pid, knownIds) ?? byNamespace.get(namespaceOf(procFolder, pid) ?? '')
    if (owner !== undefined) owners.set(pid, owner)
    else parents.set(pid, parentOf(procFolder, pid))
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

function ownerByCgroup(procFolder: string, pid: number, knownIds: ReadonlySet<string>): string | undefined {
  const text = readBeginning(join(procFolder, String(pid), 'cgroup'), CGROUP_BYTES)
  return text && containerIdInCgroup(text.toString('latin1'), knownIds)
}

/**
 * The container that a cgroup names: the first part of a path that is a known id, as ".../cri-containerd-<id>.scope", ".../<id>" and so on. The first,
 * because what is below belongs to the container itself, which may call it as it likes: after its neighbour, for one.
 * Pure.
 */
export function containerIdInCgroup(text: string, knownIds: ReadonlySet<string>): string | undefined {
  for (const line of text.split('\n')) {
    const owner = line.match(CONTAINER_ID)?.find((id) => knownIds.has(id)) ?? line.split('/').find((part) => knownIds.has(part))
    if (owner !== undefined) return owner
  }
  return undefined
}

/** PID namespaces that one container alone has, and not the node. */
function ownNamespaces(procFolder: string, containers: readonly ContainerRoot[]): Map<string, string> {
  const owners = new Map<string, string>()
  const shared = new Set([namespaceOf(procFolder, 1), namespaceOf(procFolder, process.pid)])
  for (const { containerId, pid } of containers) {
    const namespace = namespaceOf(procFolder, pid)
    if (namespace === undefined) continue
    if (owners.has(namespace)) shared.add(namespace)
    owners.set(namespace, containerId)
  }
  for (const namespace of shared) if (namespace !== undefined) owners.delete(namespace)
  return owners
}

function namespaceOf(procFolder: string, pid: number): string | undefined {
  return readLink(join(procFolder, String(pid), 'ns/pid'))?.toString('latin1')
}

function parentOf(procFolder: string, pid: number): number {
  const text = readBeginning(join(procFolder, String(pid), 'stat'), STAT_BYTES)
  return (text && parseStat(text)?.parentPid) ?? 0
}

function ownerOfParents(pid: number, parents: ReadonlyMap<number, number>, owners: ReadonlyMap<number, string>): string | undefined {
  let at = parents.get(pid)
  // Reads at different moments could make a circle: no chain is longer than the list.
  for (let steps = 0; at !== undefined && steps <= parents.size; steps++) {
    const owner = owners.get(at)
    if (owner !== undefined) return owner
    at = parents.get(at)
  }
  return undefined
}

function groupByContainer(containers: readonly ContainerRoot[], owners: ReadonlyMap<number, string>): Map<string, number[]> {
  const processes = new Map<string, number[]>(containers.map(({ containerId }) => [containerId, []]))
  for (const [pid, owner] of owners) processes.get(owner)?.push(pid)
  for (const pids of processes.values()) pids.sort((a, b) => a - b)
  return processes
}
