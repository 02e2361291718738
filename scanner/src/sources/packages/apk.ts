import type { ImageFiles } from './image-files.js'
import { DATABASE_FILE_MAX_BYTES, type PackageEntry } from './package-entry.js'

/** The second is that of images with a merged /usr. */
const DATABASES = ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'] as const

/**
 * Finds the packages of files in the database of apk. Checksums are "Q1" and the SHA-1 in base64.
 *
 * @returns undefined when the image has none.
 * @throws KernelError
 * Source: apk-tools, src/database.c (P: name, V: version, F: folder, R: file, Z: checksum of the file).
 */
export function findInApk(files: ImageFiles, paths: readonly string[]): ReadonlyMap<string, PackageEntry> | undefined {
  const text = DATABASES.map((path) => files.read(path, DATABASE_FILE_MAX_BYTES)).find((content) => content !== undefined)
  return text && parseInstalled(text.toString('latin1'), new Set(paths))
}

function parseInstalled(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, PackageEntry> {
  const found = new Map<string, PackageEntry>()
  const current = { P: '', V: '', F: '', R: '', Z: '' }
  for (const line of text.split('\n')) {
    const field = line[0] as keyof typeof current | undefined
    if (line[1] !== ':' || field === undefined || !(field in current)) continue
    Object.assign(current, STARTS[field], { [field]: line.slice(2) })
    const path = `/${[current.F, current.R].filter((part) => part !== '').join('/')}`
    if (current.R !== '' && wanted.has(path))
      found.set(path, { name: current.P, version: current.V, algorithm: 'sha1', checksum: checksumOf(current.Z) })
  }
  return found
}

/** Fields that a line of a package, folder or file resets. */
const STARTS = { P: { V: '', F: '', R: '', Z: '' }, V: {}, F: { R: '', Z: '' }, R: { Z: '' }, Z: {} } as const

function checksumOf(value: string): string {
  return value.startsWith('Q1') ? Buffer.from(value.slice(2), 'base64').toString('hex') : ''
}
