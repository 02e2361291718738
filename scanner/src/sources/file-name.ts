import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { FileIdentity } from '../node/file-identity.js'
import { type FileStat, statEntry, statNamed } from '../node/file-stat.js'
import { readEntryNames } from '../node/folder-entries.js'
import { openBeneath } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { type LayerFolder, openLayerFolder } from './layer-folder.js'

const DELETED = Buffer.from(' (deleted)')
const SLASH = 0x2f
/** A larger folder is searched up to here, which takes about 20 ms. */
const MAX_ENTRIES = 5000

type SearchedFile = Pick<FileIdentity, 'inode' | 'changedAtNs' | 'sizeBytes'>

/**
 * Finds the name of an open file in its container. The path that the kernel returns for a descriptor is the name that the file was opened
 * with: it ends in " (deleted)" when this name was removed, even if the file has another one, and for a file that was created without a name
 * (O_TMPFILE) and linked later.
 *
 * @param kernelPath must be read before `stat`.
 * @returns an existing path; the last one of a deleted file; or the folder and a text in parentheses when the name is unknown.
 */
export function nameInContainer(
  hostRoot: string,
  { container, layer }: { readonly container: ContainerInfoMessage; readonly layer: string },
  kernelPath: Buffer,
  { linkCount, identity }: Pick<FileStat, 'linkCount' | 'identity'>,
): Buffer {
  if (!kernelPath.subarray(-DELETED.length).equals(DELETED)) return kernelPath
  if (linkCount === 0) return kernelPath.subarray(0, -DELETED.length)
  try {
    using folder = openLayerFolder(hostRoot, container, layer)
    return findName(folder, kernelPath, identity) ?? unknownName(kernelPath, identity)
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    return unknownName(kernelPath, identity)
  }
}

/**
 * Finds the current name of a file in the folder of a former one.
 *
 * @returns the path in the container; undefined when the folder has no such file.
 * @throws KernelError when the folder cannot be opened.
 */
export function findName(folder: LayerFolder, formerPath: Buffer, file: SearchedFile): Buffer | undefined {
  const nameAt = formerPath.lastIndexOf(SLASH) + 1
  const parent = folder.relative(formerPath.subarray(0, nameAt))
  if (!parent) return undefined
  const fd = openBeneath(folder.fd, parent, 'folder')
  try {
    if (isEntry(fd, formerPath.subarray(nameAt), file)) return formerPath
    const name = findEntry(fd, file)
    return name && Buffer.concat([formerPath.subarray(0, nameAt), name])
  } finally {
    closeSync(fd)
  }
}

/** A file of the image that was copied up has another inode in the upper directory than on the overlay, but the same times. */
function isEntry(folderFd: number, name: Buffer, { inode, changedAtNs, sizeBytes }: SearchedFile): boolean {
  const stat = undefinedIfFailed(() => statEntry(folderFd, name))
  if (stat?.kind !== 'regular') return false
  const { identity } = stat
  return identity.inode === inode || (identity.changedAtNs === changedAtNs && identity.sizeBytes === sizeBytes)
}

/** By inode only: files that are created together can have the same times and sizes. */
function findEntry(folderFd: number, { inode }: SearchedFile): Buffer | undefined {
  let left = MAX_ENTRIES
  for (let names = readEntryNames(folderFd); names && left > 0; names = readEntryNames(folderFd))
    for (const name of names) {
      left -= 1
      const stat = undefinedIfFailed(() => statNamed(folderFd, name))
      if (stat?.kind === 'regular' && stat.identity.inode === inode) return name.subarray(0, -1)
    }
  return undefined
}

function undefinedIfFailed(read: () => FileStat): FileStat | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof KernelError) return undefined
    throw error
  }
}

function unknownName(kernelPath: Buffer, { inode }: SearchedFile): Buffer {
  const folder = kernelPath.subarray(0, kernelPath.lastIndexOf(SLASH) + 1)
  return Buffer.concat([folder, Buffer.from(`(a file of unknown name, inode ${inode})`)])
}
