import { readSync } from 'node:fs'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { type HeaderLimits, isNdb, ndbHeaders } from './ndb-headers.js'
import { filesInHeader, type RpmFile } from './rpm-header.js'
import { isSqlite, sqliteHeaders } from './sqlite-headers.js'

/** A large distribution has 100 to 200 MiB, its largest header 4 MiB. */
const LIMITS: HeaderLimits = { fileBytes: 256 * MIB_BYTES, headerBytes: 16 * MIB_BYTES }
/** The largest distributions have 60,000 packages, and an installation fewer than 10,000. */
const PACKAGES_MAX = 50_000
const HEAD_BYTES = 16

/**
 * Finds the packages of files in an RPM database.
 *
 * @param paths absolute paths as latin1.
 * @param copyFile see `sqliteHeaders`.
 * @returns the first package of each file that has one.
 * @throws Error when the database is damaged, too large or of another format.
 */
export function findPackages(fd: number, paths: readonly string[], copyFile: string): readonly RpmFile[] {
  const wanted = byName(paths)
  const found = new Map<string, RpmFile>()
  let packages = 0
  for (const header of headersOf(fd, copyFile)) {
    packages += 1
    if (packages > PACKAGES_MAX) throw new Error(`more than ${PACKAGES_MAX} packages`)
    for (const file of filesInHeader(header, wanted)) if (!found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

function headersOf(fd: number, copyFile: string): Iterable<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES)
  readSync(fd, head, 0, HEAD_BYTES, 0)
  if (isSqlite(head)) return sqliteHeaders(fd, copyFile, LIMITS)
  if (isNdb(head)) return ndbHeaders(fd, LIMITS)
  throw new Error('unknown format of the database')
}

/** Groups paths by their last part. Pure. */
function byName(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = Map.groupBy(paths, (path) => path.slice(path.lastIndexOf('/') + 1))
  return new Map([...groups].map(([name, group]) => [name, new Set(group)]))
}
