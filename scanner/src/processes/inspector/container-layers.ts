import { mountNamespaceOf } from '../../node/mount-namespaces.js'
import { readRootFileSystem, readRootOnNode } from '../../node/overlay-mounts.js'

/** Overlay layers of a container, or the reason why they cannot be read. */
export interface ContainerLayers {
  readonly snapshotter: string
  readonly upperdir: string
  readonly lowerdirs: string[]
  readonly unsupportedReason: string
}

/** Overlay snapshotter names: containerd overlayfs, Docker overlay2, CRI-O overlay. */
const SUPPORTED = new Set(['overlayfs', 'overlay2', 'overlay'])

/**
 * Reads the layers of a container from the mount of its root.
 *
 * @param snapshotter name from the runtime; empty if the runtime does not report it.
 * @param isRoot recognizes the root by its mount point on the node. Without it the mounts of the first process are used, which the container
 *   controls.
 * @returns undefined when the process ended.
 */
export function readContainerLayers(
  hostRoot: string,
  pid: number,
  snapshotter: string,
  isRoot?: (mountPoint: string) => boolean,
): ContainerLayers | undefined {
  if (snapshotter !== '' && !SUPPORTED.has(snapshotter))
    return unsupported(snapshotter, `the snapshotter "${snapshotter}" is not supported`)
  const root = isRoot ? readRootOnNode(hostRoot, pid, isRoot) : readRootFileSystem(hostRoot, pid)
  if (!root) return undefined
  // The runtime unmounts the root of a container that has ended.
  if (root.kind === 'other' && mountNamespaceOf(hostRoot, pid) === undefined) return undefined
  if (root.kind === 'other')
    return unsupported(snapshotter || root.name, `the root of the container is ${root.name}, which is not supported`)
  if (root.layers.upperdir === '') return unsupported(snapshotter, 'the container has no writable layer')
  const { upperdir, lowerdirs } = root.layers
  return { snapshotter: snapshotter || 'overlay', upperdir, lowerdirs: [...lowerdirs], unsupportedReason: '' }
}

function unsupported(snapshotter: string, unsupportedReason: string): ContainerLayers {
  return { snapshotter, upperdir: '', lowerdirs: [], unsupportedReason }
}
