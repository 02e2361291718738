import { closeSync } from 'node:fs'
import { join } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { openPath, openPathInside, openRoot } from '../node/kernel.js'

/** An open folder of the node that holds the files of one layer of a container. */
export interface LayerFolder extends Disposable {
  readonly fd: number
  /** Converts a path in the container to one relative to the folder; undefined when the layer does not hold it. */
  relative(path: Buffer): Buffer | undefined
}

const VOLUME_PREFIX = 'volume:'

/**
 * Opens the folder of a layer. The upper directory is used instead of the overlay, because only there the kernel knows all writers of a file.
 *
 * @param layer "upperdir" or "volume:<destination>".
 * @throws KernelError when the container or the volume is gone.
 */
export function openLayerFolder(hostRoot: string, container: ContainerInfoMessage, layer: string): LayerFolder {
  const destination = layer.startsWith(VOLUME_PREFIX) ? layer.slice(VOLUME_PREFIX.length) : '/'
  const source = destination === '/' ? container.upperdir : container.mounts.find((mount) => mount.destination === destination)?.source
  const fd = source ? openRoot(hostRoot, source) : openInContainer(hostRoot, container.pid, destination)
  const prefix = Buffer.from(destination.endsWith('/') ? destination : `${destination}/`)
  return {
    fd,
    relative: (path) => (path.subarray(0, prefix.length).equals(prefix) ? path.subarray(prefix.length) : undefined),
    [Symbol.dispose]: () => closeSync(fd),
  }
}

/** For mounts without a source on the node, such as /dev/shm. */
function openInContainer(hostRoot: string, pid: number, destination: string): number {
  const rootFd = openPath(join(hostRoot, 'proc', String(pid), 'root'))
  try {
    return openPathInside(rootFd, Buffer.from(destination))
  } finally {
    closeSync(rootFd)
  }
}
