import { SignatureName } from '@guardimesh/contracts'

/** A line of a hash list: nothing of interest, a hash, or what is wrong with it. */
export type HashLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'hash'; readonly type: 'sha256' | 'md5'; readonly signature: string }
  | { readonly kind: 'bad'; readonly reason: string }

const HASH = /^([0-9a-fA-F]{64}|[0-9a-fA-F]{32})$/
const MAX_SIZE = 4_294_967_295

/**
 * Reads a line of a hash list: SHA-256 or MD5 in hex, a name, and a size when it is known, with commas, semicolons, tabs or spaces between.
 * Pure.
 *
 * @param isFirst the first line may name the columns.
 */
export function parseHashLine(line: string, isFirst: boolean): HashLine {
  const text = line.replace(/^\uFEFF/, '').trim()
  if (text === '' || text.startsWith('#')) return { kind: 'none' }
  const fields = fieldsOf(text)
  const hash = fields.find((field) => HASH.test(field))
  if (hash === undefined)
    return isFirst && /hash|sha-?256|md5/i.test(text)
      ? { kind: 'none' }
      : { kind: 'bad', reason: 'it has no SHA-256 (64 hexadecimal digits) and no MD5 (32)' }
  const others = fields.filter((field) => field !== hash && field !== '')
  const size = others.find((field) => /^\d{1,10}$/.test(field))
  const name = others.find((field) => field !== size)?.replace(/\s+/g, '_')
  if (name === undefined) return { kind: 'bad', reason: 'it has no name; write one after the hash' }
  if (!SignatureName.safeParse(name).success)
    return { kind: 'bad', reason: 'its name has other characters than letters, digits and . _ @ + / -, or more than 200' }
  if (Number(size ?? 0) > MAX_SIZE) return { kind: 'bad', reason: 'its size is larger than a file that ClamAV scans' }
  const hex = hash.toLowerCase()
  // A signature for every size says so by the functionality level from which on that is understood.
  const signature = size === undefined ? `${hex}:*:${name}:73\n` : `${hex}:${size}:${name}\n`
  return { kind: 'hash', type: hex.length === 64 ? 'sha256' : 'md5', signature }
}

/** By the first of these that is there; names may have spaces then. */
function fieldsOf(text: string): string[] {
  const separator = [',', ';', '\t'].find((one) => text.includes(one)) ?? /\s+/
  return text.split(separator).map((field) => field.trim().replace(/^"(.*)"$/, '$1'))
}
