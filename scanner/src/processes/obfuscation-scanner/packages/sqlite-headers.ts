import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import type { HeaderLimits } from './ndb-headers.js'

const MAGIC = 'SQLite format 3\0'

/** True for the first bytes of an SQLite database. */
export function isSqlite(head: Buffer): boolean {
  return head.toString('latin1', 0, MAGIC.length) === MAGIC
}

/**
 * Yields the headers of an SQLite database (`rpmdb.sqlite`). SQLite resolves the links of a path, so it cannot open a descriptor of another mount
 * namespace: it reads a copy, without a write-ahead log.
 *
 * @param copyFile path of the copy, which does not exist yet.
 * @throws Error when the database is damaged or has no table of packages.
 */
export function* sqliteHeaders(fd: number, copyFile: string, limits: HeaderLimits): Generator<Buffer> {
  copy(fd, copyFile, limits.fileBytes)
  const location = pathToFileURL(copyFile)
  location.search = 'mode=ro&immutable=1'
  // https://sqlite.org/security.html: the schema of an untrusted database must not run functions.
  using database = new DatabaseSync(location, { readOnly: true, allowExtension: false, defensive: true })
  rmSync(copyFile)
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
  const headers = database.prepare('SELECT CASE WHEN length(blob) <= ? THEN blob END AS blob FROM Packages')
  for (const { blob } of headers.iterate(limits.headerBytes)) {
    if (!(blob instanceof Uint8Array)) throw new Error('damaged or too large package')
    yield Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  }
}

function copy(fd: number, path: string, maxBytes: number): void {
  const target = openSync(path, 'wx', 0o600)
  try {
    const part = Buffer.allocUnsafe(MIB_BYTES)
    for (let position = 0; ; ) {
      const bytes = readSync(fd, part, 0, part.length, position)
      if (bytes === 0) return
      position += bytes
      if (position > maxBytes) throw new Error('the database is too large')
      for (let written = 0; written < bytes; ) written += writeSync(target, part, written, bytes - written)
    }
  } finally {
    closeSync(target)
  }
}
