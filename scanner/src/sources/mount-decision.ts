import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { ContainerMountMessage } from '@guardimesh/contracts/messages'
import type { MarkScope } from '../node/fanotify-marks.js'
import { fileSystemKind, isInMemory } from '../node/file-system-types.js'
import type { Mount } from '../node/mountinfo.js'
import { pathBelow } from '../node/watched-path.js'
import type { NodeMounts } from './node-mounts.js'
import { isNodeFolder } from './volume.js'

/** What the scanner does with a mount of a container. */
export type MountDecision =
  /** Watched, and read unless another mount of the container contains the same files. */
  | { readonly kind: 'scan'; readonly scope: MarkScope; readonly isRead: boolean; readonly isVolume: boolean }
  | { readonly kind: 'not-scanned'; readonly reason: CoverageReasonName; readonly detail: string }
  /** It holds no files, or only files that are watched and read elsewhere. */
  | { readonly kind: 'ignored' }

export interface MountDecisionContext {
  /** All mounts of the namespace, in the kernel's order. */
  readonly mounts: readonly Mount[]
  /** Mounts of the container that are scanned already, in this or another namespace. */
  readonly scanned: readonly Mount[]
  /** As reported by the runtime. */
  readonly runtimeMounts: readonly ContainerMountMessage[]
  readonly node: NodeMounts
  /** "major:minor" of the container's overlay; undefined when unknown. */
  readonly overlayDevice: string | undefined
  /** False when volumes are excluded in the scan configuration. */
  readonly withVolumes: boolean
}

const KERNEL_FOLDERS = /^\/(proc|sys)(\/|$)/
const POD_VOLUME = /\/pods\/[^/]+\/(volumes|volume-subpaths)\//
const IGNORED: MountDecision = { kind: 'ignored' }

/** Decides about a mount by the text of mountinfo alone, before any call to its file system. Pure. */
export function decideMount(mount: Mount, context: MountDecisionContext): MountDecision {
  const kind = fileSystemKind(mount.fileSystem)
  const place = mount.mountPoint.toString('utf8')
  if (kind === 'kernel' || mount.device === context.overlayDevice) return IGNORED
  if (kind === 'remote') return notScanned('network_file_system', `${mount.fileSystem} from ${mount.source.toString('utf8')}`)
  // Runtimes hide files of the kernel behind empty folders.
  if (mount.isReadOnly && isInMemory(mount.fileSystem) && KERNEL_FOLDERS.test(place)) return IGNORED
  const obstacle = remoteAncestor(mount, context.mounts)
  if (obstacle)
    return notScanned('mount_not_watched', `${mount.fileSystem}; it is reached through ${obstacle.fileSystem}, which is not touched`)
  return decideByOwner(mount, place, context)
}

function decideByOwner(mount: Mount, place: string, context: MountDecisionContext): MountDecision {
  const { node, scanned, withVolumes } = context
  if (node.isSecret(mount)) return notScanned('volume_not_scanned', 'a Secret or projected volume, which is never read')
  const source = node.pathOf(mount)
  const reported = context.runtimeMounts.find(({ destination }) => isAt(destination, place))
  const isVolume = reported !== undefined || POD_VOLUME.test(source ?? '')
  if (node.isShared(mount) && isOfNode(mount, source, context))
    return notScanned('outside_container', `a folder of the node itself: ${source ?? ''}`)
  if (isVolume && !withVolumes)
    return notScanned('volume_not_scanned', `volumes are excluded by the scan configuration: ${source ?? place}`)
  if (mount.fileSystem === 'overlay' && hasRemote(context.mounts))
    return notScanned('mount_not_watched', 'overlay; its layers may be on a network file system of the container')
  const isCovered = scanned.some((other) => other.device === mount.device && pathBelow(mount.root, other.root) !== undefined)
  const scope = node.isShared(mount) ? 'mount' : 'file-system'
  return isCovered && scope === 'file-system' ? IGNORED : { kind: 'scan', scope, isRead: !isCovered, isVolume }
}

/** True for folders of the node, and for everything of the node that a process sees which has left the root of its container. */
function isOfNode(mount: Mount, source: string | undefined, { mounts, overlayDevice, runtimeMounts }: MountDecisionContext): boolean {
  if (source === undefined || isNodeFolder(source)) return true
  if (POD_VOLUME.test(source)) return false
  const parents = ancestorsOf(mount, mounts)
  const hasOwnRoot = !mounts.some(({ mountPoint, device }) => mountPoint.toString('latin1') === '/' && device === overlayDevice)
  const below = runtimeMounts.filter((known) => isNodeFolder(known.source)).map(({ destination }) => destination)
  return hasOwnRoot || parents.some((parent) => below.some((destination) => isAt(destination, parent.mountPoint.toString('utf8'))))
}

function remoteAncestor(mount: Mount, mounts: readonly Mount[]): Mount | undefined {
  return ancestorsOf(mount, mounts).find(({ fileSystem }) => fileSystemKind(fileSystem) === 'remote')
}

function hasRemote(mounts: readonly Mount[]): boolean {
  return mounts.some(({ fileSystem }) => fileSystemKind(fileSystem) === 'remote')
}

function ancestorsOf(mount: Mount, mounts: readonly Mount[]): Mount[] {
  const ancestors: Mount[] = []
  let parent = mounts.find(({ id }) => id === mount.parentId)
  while (parent && !ancestors.includes(parent) && parent !== mount) {
    ancestors.push(parent)
    const { parentId } = parent
    parent = mounts.find(({ id }) => id === parentId)
  }
  return ancestors
}

/** Runtimes report the path in the specification; /var/run is a link to /run in many images. */
function isAt(destination: string, place: string): boolean {
  const path = destination.replace(/(?<=.)\/+$/, '')
  return path === place || path.replace(/^\/var\/run\//, '/run/') === place
}

function notScanned(reason: CoverageReasonName, detail: string): MountDecision {
  return { kind: 'not-scanned', reason, detail }
}
