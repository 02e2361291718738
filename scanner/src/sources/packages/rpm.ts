import { closeSync } from 'node:fs'
import type { Logger } from '@guardimesh/kit'
import type { FileOfPackage, PackageReader } from '../../engines/obfuscation/package-reader.js'
import type { ImageFiles } from './image-files.js'
import { databasePaths } from './merged-usr.js'
import { CHECKSUM_ALGORITHMS, type PackageEntry } from './package-entry.js'

/** Distributions keep the database in the first folder and link to it from the second, or only in the second. */
const FOLDERS = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'] as const
const SUPPORTED = ['rpmdb.sqlite', 'Packages.db'] as const
const BERKELEY_DB = 'Packages'

/** The RPM database of an image: the packages of files, or why it was not read. */
export type RpmKnowledge =
  | { readonly kind: 'read'; readonly entries: ReadonlyMap<string, PackageEntry> }
  | { readonly kind: 'not-read'; readonly reason: string }

/** Finds the packages of files in the RPM database, which another process parses. @returns undefined when the image has none. @throws KernelError */
export async function findInRpm(
  files: ImageFiles,
  paths: readonly string[],
  { packageReader, log, signal }: { readonly packageReader: PackageReader; readonly log: Logger; readonly signal: AbortSignal },
): Promise<RpmKnowledge | undefined> {
  const fd = openFirst(files, SUPPORTED)
  if (fd === undefined) return hasBerkeleyDb(files) ? { kind: 'not-read', reason: 'its Berkeley DB format is not supported' } : undefined
  try {
    const byDatabasePath = new Map(paths.flatMap((path) => databasePaths(path).map((one) => [one, path] as const)))
    const found = await packageReader.find(fd, [...byDatabasePath.keys()], signal)
    const entries = found.flatMap((file) => {
      const path = byDatabasePath.get(file.path)
      return path === undefined ? [] : [[path, entryOf(file)] as const]
    })
    return { kind: 'read', entries: new Map(entries) }
  } catch (error) {
    signal.throwIfAborted()
    log.warn({ error }, 'failed to read the RPM database of an image')
    return { kind: 'not-read', reason: 'reading it failed' }
  } finally {
    closeSync(fd)
  }
}

function openFirst(files: ImageFiles, names: readonly string[]): number | undefined {
  for (const folder of FOLDERS)
    for (const name of names) {
      const fd = files.open(`${folder}/${name}`)
      if (fd !== undefined) return fd
    }
  return undefined
}

function hasBerkeleyDb(files: ImageFiles): boolean {
  const fd = openFirst(files, [BERKELEY_DB])
  if (fd !== undefined) closeSync(fd)
  return fd !== undefined
}

function entryOf({ name, version, algorithm, checksum }: FileOfPackage): PackageEntry {
  const known = CHECKSUM_ALGORITHMS.find((one) => one === algorithm)
  return { name, version, algorithm: known ?? 'sha256', checksum: known ? checksum : '' }
}
