import { closeSync } from 'node:fs'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import { statEntry } from '../node/file-stat.js'
import { openBeneath, openRoot } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { isOpaque } from '../node/overlay-opaque.js'
import type { SourceItem } from './found-file.js'
import { WALK_LIMITS, walkTree } from './walk-tree.js'

/** The scan of a layer is slowed down by its budget, so it needs more time than other walks. */
const LIMITS = { ...WALK_LIMITS, maxDurationMs: 360 * MINUTE_MS }

/** Returns the layer name that findings contain. */
export function imageLayerName(layer: string): string {
  return `image:${layer}`
}

/**
 * Yields the files of an image layer. Links and whiteouts have no content, so they are left out. Files can be opened until the generator ends.
 *
 * @param lowerdir folder of the layer, a path on the node.
 * @throws KernelError when the layer itself cannot be opened.
 */
export function* imageLayerFiles(hostRoot: string, lowerdir: string, layer: string): Generator<SourceItem> {
  const rootFd = openRoot(hostRoot, lowerdir)
  const [mountedAt, limits] = [Buffer.from('/'), LIMITS]
  try {
    for (const item of walkTree({ rootFd, mountedAt, layer: imageLayerName(layer), scanSource: 'image_layer', limits }))
      if (item.kind === 'file' || item.entry.reason !== 'not_regular') yield item
  } finally {
    closeSync(rootFd)
  }
}

/**
 * True when a container sees a file of a layer: no layer above contains the path, a whiteout or a file at a parent, or an opaque parent folder.
 *
 * @param layersAbove folders of the image's layers above, topmost first.
 * @param path in the container.
 * @throws KernelError when a layer cannot be read.
 */
export function isVisible(hostRoot: string, layersAbove: readonly string[], path: Uint8Array): boolean {
  return layersAbove.every((lowerdir) => effectOn(hostRoot, lowerdir, path) === 'none')
}

/** Returns the index of the layer from which a container sees a path; undefined when no layer of the image has it. @throws KernelError */
export function visibleLayer(hostRoot: string, lowerdirs: readonly string[], path: Uint8Array): number | undefined {
  for (const [index, lowerdir] of lowerdirs.entries()) {
    const effect = effectOn(hostRoot, lowerdir, path)
    if (effect !== 'none') return effect === 'has-file' ? index : undefined
  }
  return undefined
}

/** Returns whether a layer has a regular file at a path, hides that of lower layers, or neither. */
function effectOn(hostRoot: string, lowerdir: string, path: Uint8Array): 'has-file' | 'hides' | 'none' {
  const names = partsOf(path)
  let folderFd = openRoot(hostRoot, lowerdir)
  let isOpaqueAbove = false
  try {
    for (const [index, name] of names.entries()) {
      const { kind } = statEntry(folderFd, name)
      if (index === names.length - 1) return kind === 'regular' ? 'has-file' : 'hides'
      // A whiteout, or something else in place of the folder.
      if (kind !== 'directory') return 'hides'
      const nextFd = openBeneath(folderFd, name, 'folder')
      closeSync(folderFd)
      folderFd = nextFd
      isOpaqueAbove ||= isOpaque(folderFd)
    }
    return 'none'
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error
    return isOpaqueAbove ? 'hides' : 'none'
  } finally {
    closeSync(folderFd)
  }
}

function partsOf(path: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let start = 0; start < path.length; ) {
    const slash = path.indexOf(0x2f, start)
    const end = slash === -1 ? path.length : slash
    if (end > start) parts.push(path.subarray(start, end))
    start = end + 1
  }
  return parts
}
