import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { type Mount, parseMountinfo } from './mountinfo.js'
import { parseStat, readBeginning, undefinedIfGone } from './proc-files.js'

const STAT_BYTES = 1024

/** Folders of an overlay, as the node sees them (`openRoot` opens them below the host's root). */
export interface OverlayLayers {
  /** Writable layer; empty for an overlay without one. */
  readonly upperdir: string
  /** Read-only layers, topmost first. May be links. */
  readonly lowerdirs: readonly string[]
}

/** What the root of a container is made of. */
export type RootFileSystem =
  | { readonly kind: 'overlay'; readonly layers: OverlayLayers }
  | { readonly kind: 'other'; readonly name: string }

/**
 * Reads what the root of a process is mounted from, as the process itself has it. A process can make a root of its own, even an overlay whose options
 * name folders of the node: see `readRootOnNode`.
 *
 * @param hostRoot where the node's root is mounted: "/host", or "/" on one machine.
 * @returns undefined when the process ended.
 */
export function readRootFileSystem(hostRoot: string, pid: number): RootFileSystem | undefined {
  const mounts = readMounts(hostRoot, pid)
  return mounts && rootFileSystem(mounts)
}

/**
 * Reads what the root of a container is mounted from, as the runtime mounted it: among the mounts of the process that started the container.
 *
 * @param pid first process of the container.
 * @param isRoot tells the container's root by its place on the node.
 * @returns undefined when the process ended.
 */
export function readRootOnNode(hostRoot: string, pid: number, isRoot: (mountPoint: string) => boolean): RootFileSystem | undefined {
  const mounts = readMounts(hostRoot, runtimeParentOf(hostRoot, pid))
  if (!mounts) return undefined
  const root = mounts.findLast(({ mountPoint }) => isRoot(mountPoint.toString('utf8')))
  return root ? fileSystemOf(root) : { kind: 'other', name: 'not among the mounts of the node' }
}

/**
 * Finds where the overlay with this writable layer is mounted on the node.
 *
 * @returns a path of this process; undefined when the node does not show it, or the process ended.
 */
export function findOverlayOnNode(hostRoot: string, pid: number, upperdir: string): string | undefined {
  const starter = runtimeParentOf(hostRoot, pid)
  const mount = readMounts(hostRoot, starter)?.findLast(
    (candidate) => candidate.fileSystem === 'overlay' && overlayLayers(candidate).upperdir === upperdir,
  )
  return mount && join(hostRoot, 'proc', String(starter), 'root', mount.mountPoint.toString('utf8'))
}

/** The runtime's process that started the first process of a container; it is in no namespace of the container. */
function runtimeParentOf(hostRoot: string, pid: number): number {
  const text = readBeginning(join(hostRoot, 'proc', String(pid), 'stat'), STAT_BYTES)
  return (text && parseStat(text)?.parentPid) || 1
}

function readMounts(hostRoot: string, pid: number): Mount[] | undefined {
  const text = undefinedIfGone(() => readFileSync(join(hostRoot, 'proc', String(pid), 'mountinfo')))
  return text && parseMountinfo(text)
}

/** Pure. @returns undefined when there is no root: the namespace is being made or taken down. */
export function rootFileSystem(mounts: readonly Mount[]): RootFileSystem | undefined {
  // The last one mounted at a place hides those before.
  const root = mounts.findLast(({ mountPoint }) => mountPoint.toString('latin1') === '/')
  return root && fileSystemOf(root)
}

function fileSystemOf(mount: Mount): RootFileSystem {
  return mount.fileSystem === 'overlay' ? { kind: 'overlay', layers: overlayLayers(mount) } : { kind: 'other', name: mount.fileSystem }
}

/**
 * Reads the folders of an overlay from its mount options: `upperdir=`, and `lowerdir=` with `:` between the layers, or one `lowerdir+=` a layer (Linux 6.5).
 * A relative folder is one that the runtime named from its own folder of layers to stay below a page of options: `<layers>/<name>/<fs or diff>`.
 * Pure. Source: Documentation/filesystems/overlayfs.rst
 */
export function overlayLayers(mount: Mount): OverlayLayers {
  const values = (name: string) => mount.superOptions.filter(([option]) => option === name).map(([, value]) => value.toString('utf8'))
  const upperdir = values('upperdir').at(-1) ?? ''
  const layersFolder = isAbsolute(upperdir) ? dirname(dirname(upperdir)) : '/'
  const lowerdirs = [...values('lowerdir').flatMap(splitLowerdirs), ...values('lowerdir+')]
  return { upperdir, lowerdirs: lowerdirs.map((lowerdir) => (isAbsolute(lowerdir) ? lowerdir : join(layersFolder, lowerdir))) }
}

/** Layers stand between colons; a colon or backslash of a name has a backslash before it. A double colon begins layers of data, kept as well. */
function splitLowerdirs(value: string): string[] {
  const parts = value.match(/(?:\\.|[^:\\])+/gs) ?? []
  return parts.map((part) => part.replace(/\\(.)/gs, '$1'))
}
