import { createHash } from 'node:crypto'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'

/** A layer of a container's image. */
export interface ContainerLayer {
  /** Diff id, or "local:" with a hash when the runtime does not report it. */
  readonly key: string
  /** Folder on the node. */
  readonly lowerdir: string
}

/** A layer and the images that contain it. */
export interface UsedLayer extends ContainerLayer {
  readonly images: readonly string[]
}

/** Docker's layer for the mount points of one container; it contains only empty files. */
const DOCKER_INIT_LAYER = /-init\/diff$/

/** Returns the layers of a container's image, topmost first. Pure. @param nodeName separates layers without a diff id from those of other nodes. */
export function layersOf(container: ContainerInfoMessage, nodeName: string): readonly ContainerLayer[] {
  return container.lowerdirs.flatMap((lowerdir, index) => {
    const digest = container.layerDigests[index] ?? ''
    if (digest === '' && container.snapshotter === 'overlay2' && DOCKER_INIT_LAYER.test(lowerdir)) return []
    return { key: digest === '' ? localKey(nodeName, lowerdir) : digest, lowerdir }
  })
}

/** Returns the distinct layers of all containers, those of the newest container first. Pure. */
export function usedLayers(containers: Iterable<ContainerInfoMessage>, nodeName: string): readonly UsedLayer[] {
  const used = new Map<string, { readonly lowerdir: string; readonly images: Set<string> }>()
  const newestFirst = [...containers].sort((one, other) => other.startedAtMs - one.startedAtMs)
  for (const container of newestFirst)
    for (const { key, lowerdir } of layersOf(container, nodeName)) {
      const known = used.get(key) ?? { lowerdir, images: new Set() }
      used.set(key, known)
      if (container.image !== '') known.images.add(container.image)
    }
  return [...used].map(([key, { lowerdir, images }]) => ({ key, lowerdir, images: [...images] }))
}

function localKey(nodeName: string, lowerdir: string): string {
  return `local:${createHash('sha256').update(`${nodeName}\0${lowerdir}`).digest('hex')}`
}
