import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isSignatureBundleName, signatureBundleOf } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { findVolumes, type SignatureKind } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { parseSourceName } from './source-name.js'
import type { UploadSource } from './upload-file.js'

/** Maximum number of files per import. */
const FILES_MAX = 200

/**
 * Lists the files to upload: bundles with all their volumes, databases, and the signature files of folders and their subfolders `clamav/`
 * and `yara/`.
 *
 * @throws CommandError for files that cannot be imported, and when there are no files.
 */
export async function listUploads(paths: readonly string[]): Promise<UploadSource[]> {
  const found = new Map<string, UploadSource>()
  for (const path of paths) for (const source of await expand(resolve(path))) found.set(source.path, source)
  if (found.size === 0) throw new CommandError(`No signatures found in ${paths.join(', ')}.`)
  if (found.size > FILES_MAX)
    throw new CommandError(`Too many files: ${found.size} (maximum ${FILES_MAX} per import). Pack them into a bundle.`)
  return [...found.values()]
}

async function expand(path: string): Promise<UploadSource[]> {
  const stats = await stat(path).catch((error: unknown) => {
    // A bundle in volumes may be specified without the volume number.
    if (isSignatureBundleName(basename(path))) return undefined
    throw new CommandError(`${path} cannot be read: ${messageOf(error)}.`)
  })
  if (stats?.isDirectory()) return expandFolder(path)
  const sources = await expandFile(path)
  if (sources.length > 0) return sources
  throw new CommandError(`${path} is not a signature file: specify a bundle, a ClamAV database, or YARA rules in a folder yara/.`)
}

async function expandFolder(folder: string): Promise<UploadSource[]> {
  const found: UploadSource[] = []
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name)
    const stats = await stat(path)
    if (stats.isFile()) found.push(...(await expandFile(path)))
    else if (stats.isDirectory() && (name === 'clamav' || name === 'yara')) found.push(...(await expandFolder(path)))
  }
  return found
}

/** Returns an empty list for other files. */
async function expandFile(path: string): Promise<UploadSource[]> {
  const name = basename(path)
  if (signatureBundleOf(name) !== undefined) return (await findVolumes(path)).map((volume) => ({ path: volume, kind: 'clamav' as const }))
  const kind: SignatureKind = basename(dirname(path)) === 'yara' ? 'yara' : 'clamav'
  return parseSourceName(kind, name) ? [{ path, kind }] : []
}
