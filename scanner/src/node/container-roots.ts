import { basename, dirname, join } from 'node:path'
import { mountNamespaceOf } from './mount-namespaces.js'
import { readMounts } from './mounts.js'
import { findOverlayOnNode, type OverlayLayers, runtimeParentOf } from './overlay-mounts.js'
import { containerIdsIn, NODE_PID, readCgroup, readLink } from './proc-files.js'

/** A container as the kernel shows it: a process with an overlay as root that a process of the node has mounted. */
export interface ContainerOfNode {
  readonly containerId: string
  readonly pid: number
  readonly layers: OverlayLayers
}

/** True when a process is in the PID namespace of the node, unlike the processes of most containers. */
export function isProcessOfNode(hostRoot: string, pid: number): boolean {
  const namespace = (of: string) => readLink(`${of}/ns/pid`)?.toString('latin1')
  const own = namespace(join(hostRoot, 'proc', String(pid)))
  // The kernel may refuse to show the namespace of the node's first process; the scanner is in the same one.
  return own !== undefined && own === (namespace(join(hostRoot, 'proc', String(NODE_PID))) ?? namespace('/proc/self'))
}

/**
 * Returns the container whose first process this is, whichever program has created it.
 *
 * @returns undefined for processes of the node, for processes that a container has put into a namespace, and for other roots.
 */
export function containerOfRoot(hostRoot: string, pid: number): ContainerOfNode | undefined {
  const parent = runtimeParentOf(hostRoot, pid)
  if (!isProcessOfNode(hostRoot, parent) || mountNamespaceOf(hostRoot, parent) === mountNamespaceOf(hostRoot, pid)) return undefined
  const root = readMounts(hostRoot, pid)?.findLast(({ mountPoint }) => mountPoint.toString('latin1') === '/')
  if (root?.fileSystem !== 'overlay') return undefined
  const onNode = findOverlayOnNode(hostRoot, pid, (_, mount) => mount.device === root.device)
  return onNode && { containerId: idOf(hostRoot, pid, onNode.mount.mountPoint.toString('utf8'), onNode.layers), pid, layers: onNode.layers }
}

/** containerd mounts roots at `<state>/<namespace>/<id>/rootfs`; other runtimes use the id in the cgroup, or else in the layers only. */
function idOf(hostRoot: string, pid: number, mountPoint: string, { upperdir }: OverlayLayers): string {
  if (basename(mountPoint) === 'rootfs') return basename(dirname(mountPoint))
  const ids = containerIdsIn(readCgroup(join(hostRoot, 'proc'), pid) ?? '')
  return ids.at(-1) ?? basename(dirname(upperdir || mountPoint))
}
