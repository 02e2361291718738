import { closeSync } from 'node:fs'
import type { ContainerMountMessage, ScanSourceName } from '@guardimesh/contracts'
import { openRoot } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { notScanned, type SourceItem } from './found-file.js'
import { openFailureReason } from './open-failure-reason.js'
import { walkTree } from './walk-tree.js'

/** What kubelet writes for a pod from the API server: never malware that a container dropped, and often secret. */
const KUBELET_VOLUMES = /\/volumes\/kubernetes\.io~(secret|configmap|projected|downward-api)\//
/** What runtime and kubelet put into every container. */
const OWN_DESTINATIONS =
  /^\/(proc|sys|dev)(\/|$)|^\/etc\/(hosts|hostname|resolv\.conf)$|^\/var\/run\/secrets\/kubernetes\.io\/serviceaccount$|^\/run\/secrets\/kubernetes\.io\/serviceaccount$/
/** Folders of the node that no container owns; a pod that mounts them sees the node, and the node's files are not this product's matter. */
const NODE_FOLDERS =
  /^\/$|^\/(proc|sys|dev|run|var\/run|boot)(\/|$)|^\/(var|var\/lib|etc|usr|root|home)$|^\/var\/lib\/(kubelet|containerd|docker|containers|rancher)$/

/** What to do with a mount of a container. Pure. */
export function classifyMount(mount: ContainerMountMessage): 'scan' | 'skip' | 'node' {
  if (OWN_DESTINATIONS.test(mount.destination) || KUBELET_VOLUMES.test(mount.source)) return 'skip'
  if (mount.source === '' || !mount.source.startsWith('/')) return 'skip'
  return NODE_FOLDERS.test(mount.source) ? 'node' : 'scan'
}

/** The mount that holds a path of a container: the one with the longest destination. Pure. */
export function mountOf(mounts: readonly ContainerMountMessage[], path: Uint8Array): ContainerMountMessage | undefined {
  const shown = Buffer.from(path).toString('latin1')
  return mounts
    .filter(({ destination }) => {
      const bytes = Buffer.from(destination).toString('latin1').replace(/\/+$/, '')
      return shown === bytes || shown.startsWith(`${bytes}/`)
    })
    .reduce<ContainerMountMessage | undefined>(
      (best, mount) => (mount.destination.length > (best?.destination.length ?? -1) ? mount : best),
      undefined,
    )
}

/** The name of a volume's layer, within the bound of the wire. */
export function volumeLayer(mount: ContainerMountMessage): string {
  return `volume:${mount.destination}`
}

/** The files on the volumes that a container mounts. Files can be opened until the generator goes on to the next volume. */
export function* volumeFiles(
  hostRoot: string,
  mounts: readonly ContainerMountMessage[],
  scanSource: ScanSourceName,
): Generator<SourceItem> {
  for (const mount of mounts) {
    const judged = classifyMount(mount)
    const mountedAt = Buffer.from(mount.destination)
    if (judged === 'node') yield notScanned('outside_container', mountedAt, `a folder of the node itself: ${mount.source}`)
    if (judged === 'scan') yield* oneVolume(hostRoot, mount, mountedAt, scanSource)
  }
}

function* oneVolume(hostRoot: string, mount: ContainerMountMessage, mountedAt: Buffer, scanSource: ScanSourceName): Generator<SourceItem> {
  let rootFd: number
  try {
    rootFd = openRoot(hostRoot, mount.source)
  } catch (error) {
    // A single file is mounted, which only its owner on the node can change.
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
