import type { ContainerMountMessage } from '@guardimesh/contracts/messages'

/** Folders of the node itself, whose files are out of scope even if a pod mounts them. */
const NODE_FOLDERS =
  /^\/$|^\/(proc|sys|dev|run|var\/run|boot)(\/|$)|^\/(var|var\/lib|etc|usr|root|home)$|^\/var\/lib\/(kubelet|containerd|docker|containers|rancher)$/
/** Folders that a runtime creates for one container or pod: their names contain its id. */
const RUNTIME_FOLDERS = /\/[0-9a-f]{64}\//

/** True when a path on the node belongs to the node itself. Pure. */
export function isNodeFolder(source: string): boolean {
  return NODE_FOLDERS.test(source) && !RUNTIME_FOLDERS.test(source)
}

/** Volumes that kubelet fills. */
const KUBELET_VOLUMES = /\/volumes\/kubernetes\.io~(secret|configmap|projected|downward-api)\//

/** True for a volume that kubelet fills, such as a ConfigMap, and that no container writes. Pure. */
export function isKubeletVolume({ source }: Pick<ContainerMountMessage, 'source'>): boolean {
  return KUBELET_VOLUMES.test(source)
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
export function volumeLayer({ destination }: Pick<ContainerMountMessage, 'destination'>): string {
  return `volume:${destination}`
}
