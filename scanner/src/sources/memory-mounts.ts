import { closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContainerInfoMessage, ContainerMountMessage, ScanSourceName } from '@guardimesh/contracts'
import { statOpened } from '../node/file-stat.js'
import { openPath, openPathInside } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { parseMountinfo } from '../node/mountinfo.js'
import { undefinedIfGone } from '../node/proc-files.js'
import type { SourceItem } from './found-file.js'
import { mountOf, volumeLayer } from './volume.js'
import { walkTree } from './walk-tree.js'

/** A runtime gives three or four; a container that may mount could make thousands. */
const MAX_MOUNTS = 16
/** What is mounted there hides files of the kernel, and is empty. */
const MASKS = /^\/(proc|sys)(\/|$)/

/**
 * The folders in memory that every container has and no runtime tells (/dev, /dev/shm): what is written there is in no layer.
 * Folders that the container shares with the node are left out.
 *
 * @returns mounts without a source; none when the process ended.
 */
export function memoryMounts(hostRoot: string, { pid, mounts }: Pick<ContainerInfoMessage, 'pid' | 'mounts'>): ContainerMountMessage[] {
  if (pid === 0) return []
  const text = undefinedIfGone(() => readFileSync(join(hostRoot, 'proc', String(pid), 'mountinfo')))
  if (!text) return []
  return parseMountinfo(text)
    .filter(({ fileSystem }) => fileSystem === 'tmpfs')
    .map(({ mountPoint }) => mountPoint.toString('utf8'))
    .filter((destination) => destination !== '/' && !MASKS.test(destination) && !isListed(mounts, destination))
    .filter((destination) => !isOfNode(hostRoot, pid, destination))
    .slice(0, MAX_MOUNTS)
    .map((destination) => ({ source: '', destination, type: 'tmpfs', readOnly: false }) as ContainerMountMessage)
}

/** The files in those folders. What is no file (devices, links of /dev) is what the runtime put there. */
export function* memoryFiles(hostRoot: string, container: ContainerInfoMessage, scanSource: ScanSourceName): Generator<SourceItem> {
  for (const mount of memoryMounts(hostRoot, container)) {
    const rootFd = openInside(rootOf(hostRoot, container.pid), mount.destination)
    if (rootFd === undefined) continue
    try {
      for (const item of walkTree({ rootFd, mountedAt: Buffer.from(mount.destination), layer: volumeLayer(mount), scanSource }))
        if (item.kind === 'file' || !IS_NO_CONTENT.has(item.entry.reason)) yield item
    } finally {
      closeSync(rootFd)
    }
  }
}

/** Other mounts below are walked as such, or are no files (/dev/pts, /dev/mqueue). */
const IS_NO_CONTENT: ReadonlySet<string> = new Set(['not_regular', 'outside_container'])

function rootOf(hostRoot: string, pid: number): string {
  return join(hostRoot, 'proc', String(pid), 'root')
}

function isListed(mounts: readonly ContainerMountMessage[], destination: string): boolean {
  return mountOf(mounts, Buffer.from(destination)) !== undefined
}

function isOfNode(hostRoot: string, pid: number, destination: string): boolean {
  const device = deviceOf(rootOf(hostRoot, pid), destination)
  return device === undefined || device === deviceOf(hostRoot, destination)
}

/** The device of a folder as whoever has this root sees it; undefined when there is none. */
function deviceOf(root: string, path: string): bigint | undefined {
  const fd = openInside(root, path)
  if (fd === undefined) return undefined
  try {
    const { kind, identity } = statOpened(fd)
    // Some runtimes keep /etc/hosts and its like in memory and mount each file by itself.
    return kind === 'directory' ? identity.device : undefined
  } finally {
    closeSync(fd)
  }
}

/** @returns a descriptor that only serves to look beneath; undefined when there is no such folder any more. */
function openInside(root: string, path: string): number | undefined {
  try {
    const rootFd = openPath(root)
    try {
      return openPathInside(rootFd, Buffer.from(path))
    } finally {
      closeSync(rootFd)
    }
  } catch (error) {
    if (error instanceof KernelError) return undefined
    throw error
  }
}
