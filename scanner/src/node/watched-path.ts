import type { Watch } from './fanotify-marks.js'
import type { Mount } from './mountinfo.js'

const SLASH = 0x2f

/**
 * Converts the path of a file below a mount of the node to the path in the container that has the same file system mounted. Pure.
 *
 * @returns the path unchanged when the container's mount does not contain the file.
 */
export function pathOnWatch(path: Buffer, mount: Pick<Mount, 'mountPoint' | 'root'>, watch: Pick<Watch, 'mountPoint' | 'root'>): Buffer {
  const belowMount = pathBelow(path, mount.mountPoint)
  const inFileSystem = belowMount && appendPath(mount.root, belowMount)
  const belowWatch = inFileSystem && pathBelow(inFileSystem, watch.root)
  return belowWatch ? appendPath(watch.mountPoint, belowWatch) : path
}

/** Removes a leading folder; undefined when the path is not below it. Keeps the slash. */
export function pathBelow(path: Buffer, folder: Buffer): Buffer | undefined {
  const length = folder.at(-1) === SLASH ? folder.length - 1 : folder.length
  if (!path.subarray(0, length).equals(folder.subarray(0, length))) return undefined
  return path.length === length || path[length] === SLASH ? path.subarray(length) : undefined
}

/** Appends a path that `pathBelow` returned to a folder. */
export function appendPath(folder: Buffer, rest: Buffer): Buffer {
  const start = folder.at(-1) === SLASH ? folder.subarray(0, -1) : folder
  return start.length + rest.length === 0 ? folder : Buffer.concat([start, rest])
}
