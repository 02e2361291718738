import { isAbsolute, normalize } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { isProcessOfNode } from '../node/container-roots.js'
import { isNamespaceOfNode, mountNamespaceOf } from '../node/mount-namespaces.js'
import { findOverlayOnNode, hasUpperdir, type OverlayLayers, runtimeParentOf } from '../node/overlay-mounts.js'

type Layers = Pick<ContainerInfoMessage, 'pid' | 'upperdir' | 'lowerdirs'>

/** No runtime keeps layers there. */
const NEVER_LAYERS =
  /^\/$|^\/(bin|boot|dev|etc|home|lib|lib64|proc|root|run\/secrets|sbin|sys|usr)(\/|$)|^\/var\/lib\/kubelet(\/|$)|^\/var(\/lib)?$/

/**
 * Checks the answer of the inspector about the layers of a container: a process that replaces its socket could name any folder of the node, and the
 * scanner would pass the files there to the engines.
 *
 * @returns why the layers are rejected; undefined when the overlay of a container on the node really consists of them.
 */
export function rejectionOfLayers(hostRoot: string, container: Layers): string | undefined {
  const { pid, upperdir, lowerdirs } = container
  const folder = [upperdir, ...lowerdirs].find((path) => !isAbsolute(path) || normalize(path) !== path || NEVER_LAYERS.test(path))
  if (folder !== undefined) return `${folder} cannot be a layer of a container`
  if (isNamespaceOfNode(hostRoot, mountNamespaceOf(hostRoot, pid))) return `process ${pid} is in the mount namespace of the node`
  const parent = runtimeParentOf(hostRoot, pid)
  if (!isProcessOfNode(hostRoot, parent) || mountNamespaceOf(hostRoot, parent) === mountNamespaceOf(hostRoot, pid))
    return `process ${pid} is not the first process of a container`
  const overlay = findOverlayOnNode(hostRoot, pid, (layers) => hasUpperdir(layers, upperdir))
  if (!overlay) return `no overlay on the node has the writable layer ${upperdir}`
  const foreign = lowerdirs.find((lowerdir) => !belongsTo(lowerdir, upperdir, overlay.layers))
  return foreign === undefined ? undefined : `the overlay on the node does not have the layer ${foreign}`
}

/** Docker mounts its layers through links, so their real paths are compared by the folder in which all layers are. */
function belongsTo(lowerdir: string, upperdir: string, { lowerdirs }: OverlayLayers): boolean {
  return lowerdirs.includes(lowerdir) || lowerdir.startsWith(`${storeOf(upperdir)}/`)
}

/** Returns the folder with all layers of a runtime: `<layers>/<name>/<fs or diff>`. Pure. */
function storeOf(upperdir: string): string {
  return upperdir.split('/').slice(0, -2).join('/')
}
