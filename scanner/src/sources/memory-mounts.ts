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

/** Runtimes create three or four; a container with the right to mount could create thousands. */
const MAX_MOUNTS = 16
/** Mounts below these paths are empty and mask files of the kernel. */
const MASKS = /^\/(proc|sys)(\/|$)/

/**
 * Finds the tmpfs mounts that every container has but the runtime does not report (/dev, /dev/shm). Files there are in no layer.
 * Excludes mounts that the container shares with the node.
 *
 * @returns mounts without a source; empty when the process has ended.
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

/** Yields the files in those mounts. Skips devices and links, which the runtime creates in /dev. */
export function* memoryFiles(hostRoot: string, container: ContainerInfoMessage, scanSource: ScanSourceName): Generator<SourceItem> {
  for (const mount of memoryMounts(hostRoot, container)) {
    const rootFd = openInside(rootOf(hostRoot, container.pid), mount.destination)
    if (rootFd === undefined) continue
    try {
      for (const item of walkTree({ rootFd, mountedAt: Buffer.from(mount.destination), layer: volumeLayer(mount), scanSource }))
        if (item.kind === 'file' || !IGNORED_REASONS.has(item.entry.reason)) yield item
    } finally {
      closeSync(rootFd)
    }
  }
}

/** Reasons that are no gap: nested mounts are walked separately, or contain no files (/dev/pts, /dev/mqueue). */
const IGNORED_REASONS: ReadonlySet<string> = new Set(['not_regular', 'outside_container'])

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

/** Returns the device of a folder below a root; undefined when there is no such folder. */
function deviceOf(root: string, path: string): bigint | undefined {
  const fd = openInside(root, path)
  if (fd === undefined) return undefined
  try {
    const { kind, identity } = statOpened(fd)
    // Some runtimes keep files such as /etc/hosts in memory and mount each file separately.
    return kind === 'directory' ? identity.device : undefined
  } finally {
    closeSync(fd)
  }
}

/** @returns an O_PATH descriptor; undefined when the folder no longer exists. */
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
