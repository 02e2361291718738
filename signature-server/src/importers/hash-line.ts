import { SignatureName } from '@guardimesh/contracts'
import type { HashColumns } from './hash-columns.js'
import { splitFields } from './split-fields.js'

/** A parsed line of a hash list: without content, a hash, or an error. */
export type HashLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'hash'; readonly type: 'sha256' | 'md5'; readonly signature: string }
  | { readonly kind: 'bad'; readonly reason: string }

interface Fields {
  readonly hash: string
  readonly name: string | undefined
  /** A number or `*`; undefined: any size. */
  readonly size?: string | undefined
}

const HASH = /^([0-9a-fA-F]{64}|[0-9a-fA-F]{32})$/
const SIZE = /^(\d{1,10}|\*)$/
const MAX_SIZE = 4_294_967_295
const NO_HASH = 'no SHA-256 (64 hexadecimal digits) or MD5 (32) found'
/** ClamAV's own form, such as a `.hsb` under another name: HASH:SIZE:NAME, optionally with functionality levels. */
const CLAMAV_FORM = /^([0-9a-fA-F]+):(\d{1,10}|\*):([^:]+)(?::\d+){0,2}$/
/** Output of sha256sum and md5sum: two characters between hash and name, the second one a "*" in binary mode. */
const CHECKSUM_FORM = /^([0-9a-fA-F]+) [ *](\S.*)$/

/**
 * Parses a line of a hash list: SHA-256 or MD5 in hex, a name and an optional size. Pure.
 *
 * @param columns columns of the header line; without one, the fields are hash, name and size, or name and hash.
 */
export function parseHashLine(line: string, columns?: HashColumns): HashLine {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return { kind: 'none' }
  const fields = columns ? namedFields(line, columns) : positionalFields(text)
  return typeof fields === 'string' ? { kind: 'bad', reason: fields } : toSignature(fields)
}

/** True for a line with a hash in any field. Pure. */
export function hasHash(line: string): boolean {
  return CLAMAV_FORM.test(line) || splitFields(line).fields.some((field) => HASH.test(field))
}

/** @returns the reason for an invalid line. */
function namedFields(line: string, columns: HashColumns): Fields | string {
  const { fields } = splitFields(line, columns.separator)
  if (fields.length > columns.count)
    return `${fields.length} fields, but the header has ${columns.count} columns; quote fields that contain the separator`
  const hash = columns.hashes.map((column) => fields[column] ?? '').find((field) => HASH.test(field))
  if (hash === undefined) return NO_HASH
  const size = columns.size === undefined ? '' : (fields[columns.size] ?? '')
  if (size !== '' && !SIZE.test(size)) return 'the size is not a number'
  return { hash, name: columns.name === undefined ? undefined : fields[columns.name], size: size || undefined }
}

/** @returns the reason for an invalid line. */
function positionalFields(text: string): Fields | string {
  const [, clamHash, clamSize, clamName] = CLAMAV_FORM.exec(text) ?? []
  if (clamHash !== undefined) return HASH.test(clamHash) ? { hash: clamHash, name: clamName, size: clamSize } : NO_HASH
  const { fields, separator } = splitFields(text)
  const [first = '', second, third] = fields
  if (fields.length === 3 && HASH.test(first) && third !== undefined && SIZE.test(third)) return { hash: first, name: second, size: third }
  const [, sumHash = '', sumName] = separator === undefined ? (CHECKSUM_FORM.exec(text) ?? []) : []
  if (HASH.test(sumHash)) return { hash: sumHash, name: sumName }
  if (!fields.some((field) => HASH.test(field))) return NO_HASH
  if (fields.length <= 2 && HASH.test(first)) return { hash: first, name: second }
  if (fields.length === 2 && second !== undefined) return { hash: second, name: first }
  return 'without a header line, the fields are hash, name and size; add a header line that names the columns'
}

function toSignature({ hash, name: givenName, size }: Fields): HashLine {
  const name = givenName?.replace(/\s+/g, '_')
  if (name === undefined || name === '') return { kind: 'bad', reason: 'no name found; add one after the hash' }
  if (!SignatureName.safeParse(name).success)
    return { kind: 'bad', reason: 'the name must have 1 to 200 letters, digits or characters of . _ @ + / -' }
  if (Number(size ?? 0) > MAX_SIZE) return { kind: 'bad', reason: 'the size is larger than ClamAV supports' }
  const hex = hash.toLowerCase()
  // A signature for any size must state the functionality level that introduced "*".
  const signature = size === undefined || size === '*' ? `${hex}:*:${name}:73\n` : `${hex}:${size}:${name}\n`
  return { kind: 'hash', type: hex.length === 64 ? 'sha256' : 'md5', signature }
}
