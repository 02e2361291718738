import { closeSync } from 'node:fs'
import type { ContainerMountMessage, ScanSourceName } from '@guardimesh/contracts'
import { openRoot } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { notScanned, type SourceItem } from './found-file.js'
import { openFailureReason } from './open-failure-reason.js'
import { walkTree } from './walk-tree.js'

/** Volumes that kubelet fills from the API server: never written by the container, and often secret. */
const KUBELET_VOLUMES = /\/volumes\/kubernetes\.io~(secret|configmap|projected|downward-api)\//
/** Mounts that runtime and kubelet add to every container. */
const OWN_DESTINATIONS =
  /^\/(proc|sys|dev)(\/|$)|^\/etc\/(hosts|hostname|resolv\.conf)$|^\/var\/run\/secrets\/kubernetes\.io\/serviceaccount$|^\/run\/secrets\/kubernetes\.io\/serviceaccount$/
/** Folders of the node itself, whose files are out of scope even if a pod mounts them. */
const NODE_FOLDERS =
  /^\/$|^\/(proc|sys|dev|run|var\/run|boot)(\/|$)|^\/(var|var\/lib|etc|usr|root|home)$|^\/var\/lib\/(kubelet|containerd|docker|containers|rancher)$/

/** Decides whether a mount of a container is scanned. Pure. */
export function classifyMount(mount: ContainerMountMessage): 'scan' | 'skip' | 'node' {
  if (OWN_DESTINATIONS.test(mount.destination) || KUBELET_VOLUMES.test(mount.source)) return 'skip'
  if (mount.source === '' || !mount.source.startsWith('/')) return 'skip'
  return NODE_FOLDERS.test(mount.source) ? 'node' : 'scan'
}

/** True for a volume that kubelet fills, such as a ConfigMap, and that no container writes. Pure. */
export function isKubeletVolume(mount: ContainerMountMessage): boolean {
  return KUBELET_VOLUMES.test(mount.source)
}

/** Finds the mount that contains a path of a container: the one with the longest destination. Pure. */
export function mountOf(mounts: readonly ContainerMountMessage[], path: Uint8Array): ContainerMountMessage | undefined {
  const text = Buffer.from(path).toString('latin1')
  return mounts
    .filter(({ destination }) => {
      const bytes = Buffer.from(destination).toString('latin1').replace(/\/+$/, '')
      return text === bytes || text.startsWith(`${bytes}/`)
    })
    .reduce<ContainerMountMessage | undefined>(
      (best, mount) => (mount.destination.length > (best?.destination.length ?? -1) ? mount : best),
      undefined,
    )
}

/** Returns the layer name of a volume. */
export function volumeLayer(mount: ContainerMountMessage): string {
  return `volume:${mount.destination}`
}

/** Yields the files on the volumes of a container. Files can be opened until the generator continues with the next volume. */
export function* volumeFiles(
  hostRoot: string,
  mounts: readonly ContainerMountMessage[],
  scanSource: ScanSourceName,
): Generator<SourceItem> {
  for (const mount of mounts) {
    const kind = classifyMount(mount)
    const mountedAt = Buffer.from(mount.destination)
    if (kind === 'node') yield notScanned('outside_container', mountedAt, `a folder of the node itself: ${mount.source}`)
    if (kind === 'scan') yield* filesOfVolume(hostRoot, mount, mountedAt, scanSource)
  }
}

function* filesOfVolume(
  hostRoot: string,
  mount: ContainerMountMessage,
  mountedAt: Buffer,
  scanSource: ScanSourceName,
): Generator<SourceItem> {
  let rootFd: number
  try {
    rootFd = openRoot(hostRoot, mount.source)
  } catch (error) {
    // The mount is a single file, not a folder.
    if (error instanceof KernelError && error.errno === 'ENOTDIR') return
    const { reason, detail } = openFailureReason(error)
    yield notScanned(reason, mountedAt, `volume: ${detail}`)
    return
  }
  try {
    yield* walkTree({ rootFd, mountedAt, layer: volumeLayer(mount), scanSource })
  } finally {
    closeSync(rootFd)
  }
}
