import { splitFields } from './split-fields.js'

/** Columns of a hash list, from its header line: positions of the used columns. */
export interface HashColumns {
  /** Undefined: white space. */
  readonly separator: string | undefined
  readonly count: number
  /** SHA-256 before MD5. */
  readonly hashes: readonly number[]
  /** Undefined when the header has no such column. */
  readonly name: number | undefined
  readonly size: number | undefined
  /** Names of the columns that are not used. */
  readonly ignored: readonly string[]
}

/** Names of columns in lower case without other characters than letters and digits, in order of preference. */
const HASH_NAMES = ['sha256', 'sha256hash', 'sha256sum', 'hash', 'filehash', 'hashvalue', 'checksum', 'md5', 'md5hash', 'md5sum']
const NAME_NAMES = [
  ...['signature', 'signaturename', 'detection', 'detectionname', 'threat', 'threatname', 'malware', 'malwarename'],
  ...['family', 'malwarefamily', 'virus', 'virusname', 'name', 'label', 'filename', 'file'],
]
const SIZE_NAMES = ['size', 'sizebytes', 'sizeinbytes', 'filesize', 'filesizebytes', 'bytes', 'length']
const ALL_NAMES = new Set([...HASH_NAMES, ...NAME_NAMES, ...SIZE_NAMES])

/** Parses a header line; undefined if no column has the name of a hash. Pure. */
export function parseHashColumns(line: string): HashColumns | undefined {
  const { fields, separator } = splitFields(line)
  const names = fields.map((field) => field.toLowerCase().replace(/[^a-z0-9]/g, ''))
  const positions = (wanted: readonly string[]) => wanted.map((name) => names.indexOf(name)).filter((position) => position !== -1)
  const hashes = positions(HASH_NAMES)
  const [name] = positions(NAME_NAMES)
  const [size] = positions(SIZE_NAMES)
  // Words separated by white space are a sentence unless all of them are names of columns.
  const isSentence = separator === undefined && (name === undefined || !names.every((one) => ALL_NAMES.has(one)))
  if (isSentence || hashes.length === 0) return undefined
  const used = new Set([...hashes, name, size])
  return { separator, count: fields.length, hashes, name, size, ignored: fields.filter((field, n) => field !== '' && !used.has(n)) }
}
