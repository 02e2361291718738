import { dirname, isAbsolute, join } from 'node:path'
import type { Mount } from './mountinfo.js'
import { readMounts } from './mounts.js'
import { parseStat, readBeginning } from './proc-files.js'

const STAT_BYTES = 1024

/** Folders of an overlay, as paths on the node (for `openRoot`). */
export interface OverlayLayers {
  /** Writable layer; empty for an overlay without one. */
  readonly upperdir: string
  /** Read-only layers, topmost first. They may be links. */
  readonly lowerdirs: readonly string[]
}

/** File system of a container's root. */
export type RootFileSystem =
  | { readonly kind: 'overlay'; readonly layers: OverlayLayers }
  | { readonly kind: 'other'; readonly name: string }

/**
 * Reads the root file system from the mounts of a process. The process controls this: it can mount its own root, even an overlay of any folders
 * of the node. `readRootOnNode` is not affected.
 *
 * @param hostRoot where the node's root is mounted: "/host", or "/" without a container.
 * @returns undefined when the process has ended.
 */
export function readRootFileSystem(hostRoot: string, pid: number): RootFileSystem | undefined {
  const mounts = readMounts(hostRoot, pid)
  return mounts && rootFileSystem(mounts)
}

/**
 * Reads the root file system of a container from the mounts of the process that started it, where the runtime mounted it.
 *
 * @param pid first process of the container.
 * @param isRoot recognizes the container's root by its mount point on the node.
 * @returns undefined when the process has ended.
 */
export function readRootOnNode(hostRoot: string, pid: number, isRoot: (mountPoint: string) => boolean): RootFileSystem | undefined {
  const mounts = readMounts(hostRoot, runtimeParentOf(hostRoot, pid))
  if (!mounts) return undefined
  const root = mounts.findLast(({ mountPoint }) => isRoot(mountPoint.toString('utf8')))
  return root ? fileSystemOf(root) : { kind: 'other', name: 'not found among the mounts of the node' }
}

/** An overlay that is mounted on the node. */
export interface OverlayOnNode {
  readonly mount: Mount
  readonly layers: OverlayLayers
  /** Its mount point as a path of this process. */
  readonly path: string
}

/**
 * Finds the overlay with this writable layer among the mounts of the process that started a container.
 *
 * @param isOverlay recognizes the overlay by its layers or its mount on the node.
 * @returns undefined when it is not mounted on the node, or the process has ended.
 */
export function findOverlayOnNode(
  hostRoot: string,
  pid: number,
  isOverlay: (layers: OverlayLayers, mount: Mount) => boolean,
): OverlayOnNode | undefined {
  const parent = runtimeParentOf(hostRoot, pid)
  for (const mount of readMounts(hostRoot, parent)?.toReversed() ?? []) {
    if (mount.fileSystem !== 'overlay') continue
    const layers = overlayLayers(mount)
    if (isOverlay(layers, mount))
      return { mount, layers, path: join(hostRoot, 'proc', String(parent), 'root', mount.mountPoint.toString('utf8')) }
  }
  return undefined
}

/** True when the options of an overlay name this writable layer. Docker's may be relative to a folder that the kernel does not report. Pure. */
export function hasUpperdir(layers: OverlayLayers, upperdir: string): boolean {
  if (upperdir === '' || layers.upperdir === '') return false
  return layers.upperdir === upperdir || (!isAbsolute(layers.upperdir) && upperdir.endsWith(`/${layers.upperdir}`))
}

/** Returns the process of the runtime that started a container; it is in none of the container's namespaces. */
export function runtimeParentOf(hostRoot: string, pid: number): number {
  const text = readBeginning(join(hostRoot, 'proc', String(pid), 'stat'), STAT_BYTES)
  return (text && parseStat(text)?.parentPid) || 1
}

/** Returns the file system of the root mount; undefined when there is none, because the namespace is being created or removed. Pure. */
export function rootFileSystem(mounts: readonly Mount[]): RootFileSystem | undefined {
  // The last mount at a mount point hides earlier ones.
  const root = mounts.findLast(({ mountPoint }) => mountPoint.toString('latin1') === '/')
  return root && fileSystemOf(root)
}

function fileSystemOf(mount: Mount): RootFileSystem {
  return mount.fileSystem === 'overlay' ? { kind: 'overlay', layers: overlayLayers(mount) } : { kind: 'other', name: mount.fileSystem }
}

/**
 * Parses the folders of an overlay from its mount options: `upperdir=`, and `lowerdir=` with `:` between the layers, or one `lowerdir+=` per layer
 * (Linux 6.5). Relative folders are relative to the runtime's folder of layers, which keeps the options below one page:
 * `<layers>/<name>/<fs or diff>`.
 * Pure. Source: Documentation/filesystems/overlayfs.rst
 */
export function overlayLayers(mount: Mount): OverlayLayers {
  const values = (name: string) => mount.superOptions.filter(([option]) => option === name).map(([, value]) => value.toString('utf8'))
  const upperdir = values('upperdir').at(-1) ?? ''
  const layersFolder = isAbsolute(upperdir) ? dirname(dirname(upperdir)) : '/'
  const lowerdirs = [...values('lowerdir').flatMap(splitLowerdirs), ...values('lowerdir+')]
  return { upperdir, lowerdirs: lowerdirs.map((lowerdir) => (isAbsolute(lowerdir) ? lowerdir : join(layersFolder, lowerdir))) }
}

/** Splits layers at colons; colons and backslashes in names are escaped with a backslash. Data layers after a double colon are included. */
function splitLowerdirs(value: string): string[] {
  const parts = value.match(/(?:\\.|[^:\\])+/gs) ?? []
  return parts.map((part) => part.replace(/\\(.)/gs, '$1'))
}
