import { closeSync, constants, openSync, readlinkSync } from 'node:fs'
import { systemCodeOf } from '@guardimesh/kit'
import { type FileKind, statOpened } from './file-stat.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

// linux/fcntl.h, linux/openat2.h; the same on every architecture. Node's constants have those that differ.
const O_PATH = 0o10000000
const O_CLOEXEC = 0o2000000
const RESOLVE_NO_MAGICLINKS = 0x02n
const RESOLVE_NO_SYMLINKS = 0x04n
const RESOLVE_BENEATH = 0x08n
const RESOLVE_IN_ROOT = 0x10n
const BENEATH = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
const OPENAT2 = 437
const HOW_BYTES = 24
const { O_DIRECTORY, O_NOATIME, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** The name of an open descriptor that any call of this process can open. */
export function descriptorPath(fd: number): string {
  return `/proc/self/fd/${fd}`
}

/**
 * Opens a folder of the node to look beneath it. Links in its path are followed, and stay inside the node's file system.
 *
 * @param hostRoot where the node's root is mounted: "/host", or "/" on one machine.
 * @param path as the node sees it: what the runtime says, trusted.
 * @returns a descriptor that only serves `openBeneath` and `statOpened`; the caller closes it.
 * @throws KernelError ENOENT, ENOTDIR and so on.
 */
export function openRoot(hostRoot: string, path: string | Uint8Array): number {
  return openOnHost(hostRoot, path, O_PATH | O_DIRECTORY)
}

/**
 * Tells where a path of the node really is, links followed inside the node's file system.
 *
 * @returns a path of this process, below `hostRoot`.
 * @throws KernelError ENOENT and so on.
 */
export function resolveOnHost(hostRoot: string, path: string | Uint8Array): string {
  const fd = openOnHost(hostRoot, path, O_PATH)
  try {
    return readlinkSync(descriptorPath(fd))
  } finally {
    closeSync(fd)
  }
}

/** Opens a folder or file of this process without the right to read it, links followed. @throws KernelError */
export function openPath(path: string): number {
  return systemOpen(path, O_PATH)
}

/** Opens a path as a process whose root the folder is would see it, without the right to read it. @throws KernelError */
export function openPathInside(folderFd: number, path: Uint8Array): number {
  return openAt(folderFd, path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)
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
 * Opens a regular file, or a folder, beneath an open folder whose content is hostile. No link is followed, nothing above the folder is reached,
 * and a device, FIFO or socket is never opened at all: opening a device alone can do harm.
 *
 * @param path bytes, relative to the folder; slashes at its front mean the folder itself, as the container sees its paths.
 * @param wanted what may be opened.
 * @returns a descriptor for reading, without O_NOATIME only when the kernel refuses that; the caller closes it.
 * @throws KernelError ELOOP for a link, EXDEV for what leads out, ENOTDIR for what is no folder, EISDIR for a folder, ENXIO for FIFO, socket and device
 *   (`facts.fileKind` says which), ENOENT and so on.
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
 * Opens a regular file by a path of this process that is trusted to lead to the right place: a link of /proc such as `/proc/<pid>/exe`.
 * What it leads to is hostile, so anything but a regular file is refused unopened.
 *
 * @throws KernelError as `openBeneath`.
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

/** True when `openBeneath` or `openRegular` refused something for being neither file nor folder: a link, FIFO, socket or device. */
export function isNotRegular(error: unknown): boolean {
  return error instanceof KernelError && (error.errno === 'ELOOP' || 'fileKind' in error.facts)
}

function relative(path: Uint8Array): Uint8Array {
  const start = path.findIndex((byte) => byte !== 0x2f)
  return start === -1 ? Buffer.from('.') : path.subarray(start)
}

/** The kernel looks before it opens: what is no folder is refused unopened. */
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
  if (kind === 'directory') throw new KernelError('not a file', 'EISDIR')
  throw new KernelError(`not opened, a ${kind}`, kind === 'symlink' ? 'ELOOP' : 'ENXIO', { fileKind: kind })
}

/** Opens for reading what an O_PATH descriptor holds: exactly that file, whatever its name leads to by now. */
function reopen(pathFd: number): number {
  const flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC
  const path = descriptorPath(pathFd)
  try {
    return systemOpen(path, flags | O_NOATIME)
  } catch (error) {
    // Only the owner and root of the file's user namespace may leave the access time alone.
    if (error instanceof KernelError && error.errno === 'EPERM') return systemOpen(path, flags)
    throw error
  }
}

function systemOpen(path: string, flags: number): number {
  try {
    return openSync(path, flags)
  } catch (error) {
    throw new KernelError('the file cannot be opened', systemCodeOf(error) ?? 'unknown')
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
    // The kernel asks to try again when a rename anywhere raced with "..".
    if (errno !== 'EAGAIN' || attempt === 10) throw new KernelError('the path cannot be opened', errno)
  }
}
