/** Tags of a header that are read (rpmtag.h). */
const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  arch: 1022,
  fileDigests: 1035,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
  fileDigestAlgorithm: 5011,
} as const
/** Types of values (rpmtag.h). */
const TYPE = { int32: 4, text: 6, textArray: 8, translatedText: 9 } as const

/** Digest algorithms (rpmcrypto.h), which are those of OpenPGP. */
const ALGORITHMS = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [8, 'sha256'],
  [9, 'sha384'],
  [10, 'sha512'],
])
/** Algorithm of a header without the tag. */
const MD5 = 1

const INTRO_BYTES = 8
const ENTRY_BYTES = 16
/** Maximum of RPM itself (header.c). */
const ENTRIES_MAX = 65_535
const TEXT_MAX = 256

/** A file of a package. */
export interface RpmFile {
  /** As latin1. */
  readonly path: string
  readonly name: string
  /** Version, release and architecture. */
  readonly version: string
  readonly algorithm: string
  /** Hexadecimal; empty when the package has none. */
  readonly checksum: string
}

/**
 * Finds files in the header of a package. The header is untrusted. Pure.
 *
 * @param wanted absolute paths as latin1, by their last part.
 * @throws Error when the header is damaged.
 * Source: rpm, lib/header.c (the number of entries and of data bytes, the entries, the data; big-endian, as in a package, without its magic number).
 */
export function filesInHeader(blob: Buffer, wanted: ReadonlyMap<string, ReadonlySet<string>>): RpmFile[] {
  const header = new RpmHeader(blob)
  const owner = { name: header.text(TAG.name), version: versionOf(header) }
  const algorithm = ALGORITHMS.get(header.number(TAG.fileDigestAlgorithm, 0) ?? MD5) ?? ''
  const found = wantedFiles(header, wanted)
  const checksums = found.size > 0 ? textsAt(header.texts(TAG.fileDigests), found) : new Map<number, string>()
  return [...found].map(([index, path]) => {
    const checksum = checksums.get(index) ?? ''
    return { ...owner, path, algorithm, checksum: algorithm !== '' && /^[0-9a-f]{32,128}$/.test(checksum) ? checksum : '' }
  })
}

function versionOf(header: RpmHeader): string {
  const version = `${header.text(TAG.version)}-${header.text(TAG.release)}`
  const arch = header.text(TAG.arch)
  return (arch === '' ? version : `${version}.${arch}`).slice(0, TEXT_MAX)
}

/** Returns wanted paths by their index in the list of files. */
function wantedFiles(header: RpmHeader, wanted: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let folders: readonly string[] | undefined
  let index = 0
  for (const name of header.texts(TAG.baseNames)) {
    const paths = wanted.get(name)
    if (paths) {
      folders ??= [...header.texts(TAG.dirNames)]
      const path = `${folders[header.number(TAG.dirIndexes, index) ?? folders.length] ?? ''}${name}`
      if (paths.has(path)) found.set(index, path)
    }
    index += 1
  }
  return found
}

function textsAt(texts: Iterable<string>, wanted: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let index = 0
  for (const text of texts) {
    if (wanted.has(index)) found.set(index, text)
    index += 1
  }
  return found
}

interface Entry {
  readonly type: number
  readonly offset: number
  readonly count: number
}

/** Values of a header. */
class RpmHeader {
  readonly #data: Buffer
  readonly #entries = new Map<number, Entry>()

  /** @throws Error when the lengths do not match. */
  constructor(blob: Buffer) {
    if (blob.length < INTRO_BYTES) throw new Error('truncated header')
    const [entries, dataBytes] = [blob.readUInt32BE(0), blob.readUInt32BE(4)]
    const dataStart = INTRO_BYTES + entries * ENTRY_BYTES
    if (entries > ENTRIES_MAX || dataStart + dataBytes !== blob.length) throw new Error('the header has a wrong length')
    this.#data = blob.subarray(dataStart)
    for (let at = INTRO_BYTES; at < dataStart; at += ENTRY_BYTES) {
      const [tag, type, offset, count] = [0, 4, 8, 12].map((field) => blob.readUInt32BE(at + field)) as [number, number, number, number]
      this.#entries.set(tag, { type, offset, count })
    }
  }

  /** Returns the first text of a tag, shortened; empty when there is none. */
  text(tag: number): string {
    for (const text of this.texts(tag)) return text.slice(0, TEXT_MAX)
    return ''
  }

  /** Yields the texts of a tag as latin1. @throws Error when they exceed the data. */
  *texts(tag: number): Generator<string> {
    const entry = this.#entries.get(tag)
    if (!entry) return
    const isText = entry.type === TYPE.text || entry.type === TYPE.textArray || entry.type === TYPE.translatedText
    if (!isText) throw new Error(`tag ${tag} has the wrong type ${entry.type}`)
    let at = entry.offset
    for (let index = 0; index < entry.count; index++) {
      const end = this.#data.indexOf(0, at)
      if (at >= this.#data.length || end === -1) throw new Error(`tag ${tag} exceeds the header`)
      yield this.#data.toString('latin1', at, end)
      at = end + 1
    }
  }

  /** Returns a number of a tag; undefined when it has fewer. @throws Error when it exceeds the data. */
  number(tag: number, index: number): number | undefined {
    const entry = this.#entries.get(tag)
    if (!entry || index >= entry.count) return undefined
    const at = entry.offset + 4 * index
    if (entry.type !== TYPE.int32 || at + 4 > this.#data.length) throw new Error(`tag ${tag} is damaged`)
    return this.#data.readUInt32BE(at)
  }
}
