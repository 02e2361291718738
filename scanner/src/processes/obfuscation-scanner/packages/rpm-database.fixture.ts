import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'

export interface RpmPackage {
  readonly name: string
  readonly version: string
  readonly release: string
  readonly arch: string
  /** Content by absolute path; undefined for a file without a checksum, such as a link. */
  readonly files: Readonly<Record<string, string | Buffer | undefined>>
}

/** A value of a header: its tag, type, number of values and their bytes. */
export interface RpmTag {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly bytes: Buffer
}

export const rpmText = (tag: number, ...values: string[]): RpmTag => ({
  ...{ tag, type: values.length === 1 ? 6 : 8, count: values.length },
  bytes: Buffer.from(values.map((value) => `${value}\0`).join(''), 'latin1'),
})
export function rpmNumbers(tag: number, ...values: number[]): RpmTag {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return { tag, type: 4, count: values.length, bytes }
}

/** Builds a header as a database contains it. */
export function buildRpmHeader(tags: readonly RpmTag[]): Buffer {
  const index = Buffer.alloc(8 + tags.length * 16)
  let offset = 0
  for (const [at, { tag, type, count, bytes }] of tags.entries()) {
    for (const [field, value] of [tag, type, offset, count].entries()) index.writeUInt32BE(value, 8 + at * 16 + field * 4)
    offset += bytes.length
  }
  index.writeUInt32BE(tags.length, 0)
  index.writeUInt32BE(offset, 4)
  return Buffer.concat([index, ...tags.map(({ bytes }) => bytes)])
}

/** Returns the tags of a package with SHA-256 checksums. */
export function rpmTags({ name, version, release, arch, files }: RpmPackage): RpmTag[] {
  const paths = Object.keys(files)
  const folders = [...new Set(paths.map(folderOf))]
  const checksums = Object.values(files).map((content) => (content === undefined ? '' : createHash('sha256').update(content).digest('hex')))
  return [
    ...[rpmText(1000, name), rpmText(1001, version), rpmText(1002, release), rpmText(1022, arch)],
    rpmText(1035, ...checksums),
    rpmNumbers(1116, ...paths.map((path) => folders.indexOf(folderOf(path)))),
    rpmText(1117, ...paths.map((path) => path.slice(folderOf(path).length))),
    rpmText(1118, ...folders),
    rpmNumbers(5011, 8),
  ]
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** Builds the database `rpmdb.sqlite`, in the mode that RPM uses. @param path of a temporary file. */
export async function buildRpmSqlite(path: string, headers: readonly Buffer[]): Promise<Buffer> {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)')
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)')
  for (const header of headers) insert.run(header)
  database.close()
  const content = readFileSync(path)
  await rm(path)
  return content
}

/** Builds the database `Packages.db` (ndb). */
export function buildRpmNdb(headers: readonly Buffer[]): Buffer {
  const page = Buffer.alloc(4096)
  for (let at = 0; at < page.length; at += 16) page.write('Slot', at)
  page.fill(0, 0, 32)
  page.write('RpmP')
  page.writeUInt32LE(1, 12)
  const blobs: Buffer[] = []
  let block = page.length / 16
  for (const [index, header] of headers.entries()) {
    const blob = Buffer.alloc(Math.ceil((16 + header.length + 12) / 16) * 16)
    blob.write('BlbS')
    blob.writeUInt32LE(index + 1, 4)
    blob.writeUInt32LE(header.length, 12)
    header.copy(blob, 16)
    for (const [field, value] of [index + 1, block, blob.length / 16].entries()) page.writeUInt32LE(value, 36 + index * 16 + field * 4)
    blobs.push(blob)
    block += blob.length / 16
  }
  return Buffer.concat([page, ...blobs])
}
