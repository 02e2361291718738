import { closeSync } from 'node:fs'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import { openRoot } from '../node/kernel.js'
import type { SourceItem } from './found-file.js'
import { type WalkLimits, walkTree } from './walk-tree.js'

export interface UpperdirOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  /** Writable layer, a path on the node. */
  readonly upperdir: string
  readonly scanSource: ScanSourceName
  readonly limits?: WalkLimits
}

/**
 * Yields the files in the writable layer of a container, without whiteouts of overlayfs. Files can be opened until the generator ends.
 *
 * @throws KernelError when the layer itself cannot be opened.
 */
export function* upperdirFiles({ hostRoot, upperdir, ...options }: UpperdirOptions): Generator<SourceItem> {
  const rootFd = openRoot(hostRoot, upperdir)
  try {
    yield* walkTree({ ...options, rootFd, mountedAt: Buffer.from('/'), layer: 'upperdir' })
  } finally {
    closeSync(rootFd)
  }
}
