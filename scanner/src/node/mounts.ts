import { closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceNumber } from './file-stat.js'
import { fileSystemKind } from './file-system-types.js'
import { openMountPoint, openPath } from './kernel.js'
import { KernelError } from './libc.js'
import { type Mount, parseMountinfo } from './mountinfo.js'
import { readBeginning, undefinedIfGone } from './proc-files.js'

/** Enough for 100,000 mounts, the kernel's limit for a namespace (fs.mount-max). */
const MAX_MOUNTINFO_BYTES = 32 * 1024 * 1024
/** Concurrent changes of the mount tree make a lookup in memory fail now and then. */
const OPEN_ATTEMPTS = 5

/** Reads the text of a process's mountinfo. @returns undefined when the process has ended. */
export function readMountinfo(hostRoot: string, pid: number): Buffer | undefined {
  return readBeginning(join(hostRoot, 'proc', String(pid), 'mountinfo'), MAX_MOUNTINFO_BYTES)
}

/** Reads the mounts that a process sees. @returns undefined when the process has ended. */
export function readMounts(hostRoot: string, pid: number): Mount[] | undefined {
  const text = readMountinfo(hostRoot, pid)
  return text && parseMountinfo(text)
}

/** Returns the device number of a mount as `stat` does; on btrfs, files have another one. Pure. */
export function deviceOfMount({ device }: Mount): bigint {
  const [major = 0, minor = 0] = device.split(':').map(Number)
  return deviceNumber(major, minor)
}

/**
 * Opens the root of a mount of a process with O_PATH. Sends no request to any file system, and returns a descriptor only when its file system is
 * local, so that calls with the descriptor do not block: a container may mount another file system at this place at any time.
 *
 * @returns a descriptor; the caller closes it.
 * @throws KernelError ESTALE when another file system is mounted there by now; ENOENT and others.
 */
export function openMount(hostRoot: string, pid: number, mount: Pick<Mount, 'id' | 'mountPoint'>): number {
  const rootFd = openPath(join(hostRoot, 'proc', String(pid), 'root'))
  try {
    const fd = openInMemory(rootFd, mount.mountPoint, () => !hasRemote(hostRoot, pid))
    try {
      requireLocal(fd, mount.id, hostRoot, pid)
      return fd
    } catch (error) {
      closeSync(fd)
      throw error
    }
  } finally {
    closeSync(rootFd)
  }
}

function hasRemote(hostRoot: string, pid: number): boolean {
  return readMounts(hostRoot, pid)?.some(({ fileSystem }) => fileSystemKind(fileSystem) === 'remote') ?? true
}

function openInMemory(rootFd: number, mountPoint: Buffer, isSafe: () => boolean): number {
  for (let attempt = 1; ; attempt++)
    try {
      return openMountPoint(rootFd, mountPoint)
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'EAGAIN') throw error
      if (attempt === OPEN_ATTEMPTS && isSafe()) return openMountPoint(rootFd, mountPoint, false)
      if (attempt === OPEN_ATTEMPTS) throw error
    }
}

/** The open descriptor keeps the id of its mount from being reused, so the list of mounts is read after it was opened. */
function requireLocal(fd: number, mountId: number, hostRoot: string, pid: number): void {
  const mount = mountIdOf(fd) === mountId ? readMounts(hostRoot, pid)?.find(({ id }) => id === mountId) : undefined
  if (!mount || fileSystemKind(mount.fileSystem) !== 'local') throw new KernelError('another file system is mounted there by now', 'ESTALE')
}

/** Reads the id of a descriptor's mount from the kernel's list of descriptors, which does not involve the file system. */
function mountIdOf(fd: number): number {
  const text = undefinedIfGone(() => readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))
  return Number(/^mnt_id:\s*(\d+)/m.exec(text ?? '')?.[1] ?? 0)
}
