import { closeSync, constants, openSync, readlinkSync } from 'node:fs'
import { systemCodeOf } from '@guardimesh/kit/errors/guard-error'
import { type FileKind, statOpened } from './file-stat.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

// linux/fcntl.h, linux/openat2.h; the same on every architecture. Node's constants have those that differ.
export const O_PATH = 0o10000000
export const O_CLOEXEC = 0o2000000
const RESOLVE_NO_XDEV = 0x01n
const RESOLVE_NO_MAGICLINKS = 0x02n
const RESOLVE_NO_SYMLINKS = 0x04n
const RESOLVE_BENEATH = 0x08n
const RESOLVE_IN_ROOT = 0x10n
const RESOLVE_CACHED = 0x20n
/** Not across mounts either: the server of a network file system that somebody mounts meanwhile may never answer. */
const BENEATH = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV
const OPENAT2 = 437
const HOW_BYTES = 24
const { O_DIRECTORY, O_NOATIME, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** Returns a path through which this process can open a descriptor again. */
export function descriptorPath(fd: number): string {
  return `/proc/self/fd/${fd}`
}

/**
 * Opens a folder of the node for access to its content. Links in the path are followed within the node's file system.
 *
 * @param hostRoot where the node's root is mounted: "/host", or "/" without a container.
 * @param path path on the node, from a trusted source such as the container runtime.
 * @returns an O_PATH descriptor for `openBeneath` and `statOpened`; the caller closes it.
 * @throws KernelError ENOENT, ENOTDIR and others.
 */
export function openRoot(hostRoot: string, path: string | Uint8Array): number {
  return openOnHost(hostRoot, path, O_PATH | O_DIRECTORY)
}

/**
 * Resolves a path of the node. Links are followed within the node's file system.
 *
 * @returns a path of this process, below `hostRoot`.
 * @throws KernelError ENOENT and others.
 */
export function resolveOnHost(hostRoot: string, path: string | Uint8Array): string {
  const fd = openOnHost(hostRoot, path, O_PATH)
  try {
    return readlinkSync(descriptorPath(fd))
  } finally {
    closeSync(fd)
  }
}

/** Opens a path of this process with O_PATH, following links. @throws KernelError */
export function openPath(path: string): number {
  return systemOpen(path, O_PATH)
}

/** Opens a path with O_PATH as if the folder were the root of the process. @throws KernelError */
export function openPathInside(folderFd: number, path: Uint8Array): number {
  return openAt(folderFd, path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)
}

/**
 * Opens a mount point with O_PATH as if the folder were the root of the process, without any request to a file system: the kernel keeps mount
 * points and their parents in memory. Follows no links.
 *
 * @param onlyInMemory false permits requests, for a path through file systems of the kernel, which need them.
 * @throws KernelError EAGAIN when a request would be needed; ENOENT, ELOOP and others.
 */
export function openMountPoint(folderFd: number, path: Uint8Array, onlyInMemory = true): number {
  const resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
  if (!onlyInMemory) return openAt(folderFd, path, O_PATH, resolve)
  try {
    return openAt(folderFd, path, O_PATH, resolve | RESOLVE_CACHED)
  } catch (error) {
    // Linux before 5.12 does not know RESOLVE_CACHED.
    if (error instanceof KernelError && error.errno === 'EINVAL') return openAt(folderFd, path, O_PATH, resolve)
    throw error
  }
}

/** Opens an entry of a folder with O_PATH, without crossing a mount. @param name one name. @throws KernelError EXDEV for a mount point. */
export function openEntry(folderFd: number, name: Uint8Array): number {
  return openAt(folderFd, name, O_PATH | O_NOFOLLOW, BENEATH)
}

function openOnHost(hostRoot: string, path: string | Uint8Array, flags: number): number {
  const hostFd = openPath(hostRoot)
  try {
    return openAt(hostFd, Buffer.from(path), flags, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)
  } finally {
    closeSync(hostFd)
  }
}

/**
 * Opens a regular file, or a folder, beneath an open folder with untrusted content. Does not follow links, cannot leave the folder, and never
 * opens devices, FIFOs or sockets, because even opening a device can have side effects.
 *
 * @param path bytes, relative to the folder; leading slashes are ignored, so that paths in the container can be used.
 * @param wanted the expected kind.
 * @returns a descriptor for reading, with O_NOATIME if permitted; the caller closes it.
 * @throws KernelError ELOOP for a link, EXDEV for a path that leaves the folder or its mount, ENOTDIR or EISDIR for the other kind, ENXIO for a FIFO, socket or
 *   device (`facts.fileKind`), ENOENT and others.
 */
export function openBeneath(folderFd: number, path: Uint8Array, wanted: 'file' | 'folder' = 'file'): number {
  if (wanted === 'folder') return openFolderBeneath(folderFd, relative(path))
  const pathFd = openAt(folderFd, relative(path), O_PATH | O_NOFOLLOW, BENEATH)
  try {
    requireRegular(statOpened(pathFd).kind)
    return reopen(pathFd)
  } finally {
    closeSync(pathFd)
  }
}

/**
 * Opens a regular file by a trusted path of this process, such as the link `/proc/<pid>/exe`. The target is untrusted, so other kinds of files
 * are rejected without opening them.
 *
 * @throws KernelError like `openBeneath`.
 */
export function openRegular(path: string): number {
  const pathFd = systemOpen(path, O_PATH)
  try {
    requireRegular(statOpened(pathFd).kind)
    return reopen(pathFd)
  } finally {
    closeSync(pathFd)
  }
}

/** True for the errors of `openBeneath` and `openRegular` about links, FIFOs, sockets and devices. */
export function isNotRegular(error: unknown): boolean {
  return error instanceof KernelError && (error.errno === 'ELOOP' || 'fileKind' in error.facts)
}

function relative(path: Uint8Array): Uint8Array {
  const start = path.findIndex((byte) => byte !== 0x2f)
  return start === -1 ? Buffer.from('.') : path.subarray(start)
}

/** O_DIRECTORY makes the kernel reject other kinds without opening them. */
function openFolderBeneath(folderFd: number, path: Uint8Array): number {
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK
  try {
    return openAt(folderFd, path, flags | O_NOATIME, BENEATH)
  } catch (error) {
    if (error instanceof KernelError && error.errno === 'EPERM') return openAt(folderFd, path, flags, BENEATH)
    throw error
  }
}

function requireRegular(kind: FileKind): void {
  if (kind === 'regular') return
  if (kind === 'directory') throw new KernelError('not a file but a directory', 'EISDIR')
  throw new KernelError(`not a regular file but a ${kind}`, kind === 'symlink' ? 'ELOOP' : 'ENXIO', { fileKind: kind })
}

/** Opens the file of an O_PATH descriptor for reading, even if its path now leads to another file. */
function reopen(pathFd: number): number {
  const flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC
  const path = descriptorPath(pathFd)
  try {
    return systemOpen(path, flags | O_NOATIME)
  } catch (error) {
    // Only the owner and root of the file's user namespace may use O_NOATIME.
    if (error instanceof KernelError && error.errno === 'EPERM') return systemOpen(path, flags)
    throw error
  }
}

function systemOpen(path: string, flags: number): number {
  try {
    return openSync(path, flags)
  } catch (error) {
    throw new KernelError('open failed', systemCodeOf(error) ?? 'unknown')
  }
}

function openAt(folderFd: number, path: Uint8Array, flags: number, resolve: bigint): number {
  const how = Buffer.alloc(HOW_BYTES)
  how.writeBigUInt64LE(BigInt(flags | O_CLOEXEC), 0)
  how.writeBigUInt64LE(resolve, 16)
  const bytes = kernelPath(path)
  for (let attempt = 1; ; attempt++) {
    const fd = call.syscall(OPENAT2, folderFd, bytes, how, HOW_BYTES)
    if (fd >= 0) return fd
    const errno = lastErrno()
    // openat2 returns EAGAIN when a concurrent rename raced with "..".
    if (errno !== 'EAGAIN' || attempt === 10) throw new KernelError('openat2 failed', errno)
  }
}
