import { SignatureName } from '@guardimesh/contracts'

/** A parsed line of a hash list: without content, a hash, or an error. */
export type HashLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'hash'; readonly type: 'sha256' | 'md5'; readonly signature: string }
  | { readonly kind: 'bad'; readonly reason: string }

const HASH = /^([0-9a-fA-F]{64}|[0-9a-fA-F]{32})$/
const MAX_SIZE = 4_294_967_295

/**
 * Parses a line of a hash list: SHA-256 or MD5 in hex, a name and an optional size, separated by commas, semicolons, tabs or spaces.
 * Pure.
 *
 * @param isFirst true for the first line, which may be a header.
 */
export function parseHashLine(line: string, isFirst: boolean): HashLine {
  const text = line.replace(/^\uFEFF/, '').trim()
  if (text === '' || text.startsWith('#')) return { kind: 'none' }
  const fields = fieldsOf(text)
  const hash = fields.find((field) => HASH.test(field))
  if (hash === undefined)
    return isFirst && /hash|sha-?256|md5/i.test(text)
      ? { kind: 'none' }
      : { kind: 'bad', reason: 'no SHA-256 (64 hexadecimal digits) or MD5 (32) found' }
  const others = fields.filter((field) => field !== hash && field !== '')
  const size = others.find((field) => /^\d{1,10}$/.test(field))
  const name = others.find((field) => field !== size)?.replace(/\s+/g, '_')
  if (name === undefined) return { kind: 'bad', reason: 'no name found; add one after the hash' }
  if (!SignatureName.safeParse(name).success)
    return { kind: 'bad', reason: 'the name must have 1 to 200 letters, digits or characters of . _ @ + / -' }
  if (Number(size ?? 0) > MAX_SIZE) return { kind: 'bad', reason: 'the size is larger than ClamAV supports' }
  const hex = hash.toLowerCase()
  // A signature for any size must state the functionality level that introduced "*".
  const signature = size === undefined ? `${hex}:*:${name}:73\n` : `${hex}:${size}:${name}\n`
  return { kind: 'hash', type: hex.length === 64 ? 'sha256' : 'md5', signature }
}

/** Splits at commas, semicolons or tabs, which allow spaces in names, else at white space. */
function fieldsOf(text: string): string[] {
  const separator = [',', ';', '\t'].find((one) => text.includes(one)) ?? /\s+/
  return text.split(separator).map((field) => field.trim().replace(/^"(.*)"$/, '$1'))
}
