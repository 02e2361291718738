import { isUtf8 } from 'node:buffer'

/** Bytes before UTF-8 text that editors on Windows write. */
const UTF8_MARK = Buffer.from('efbbbf', 'hex')
/** UTF-32 first: its little-endian mark begins with the mark of UTF-16. */
const OTHER_MARKS = [
  { encoding: 'UTF-32', mark: Buffer.from('fffe0000', 'hex') },
  { encoding: 'UTF-32', mark: Buffer.from('0000feff', 'hex') },
  { encoding: 'UTF-16', mark: Buffer.from('fffe', 'hex') },
  { encoding: 'UTF-16', mark: Buffer.from('feff', 'hex') },
] as const
/** Number of first bytes that suffices for `byteOrderMarkLength`. */
export const TEXT_HEAD_BYTES = 4

/** Text in another encoding than UTF-8. */
export class TextEncodingError extends Error {}

/**
 * Returns the length of the UTF-8 byte order mark that a text begins with: 3, or 0 without one. Pure.
 *
 * @throws TextEncodingError for UTF-16 and UTF-32, with or without byte order mark.
 */
export function byteOrderMarkLength(head: Uint8Array): 0 | 3 {
  const encoding = OTHER_MARKS.find(({ mark }) => startsWith(head, mark))?.encoding ?? unmarkedEncoding(head)
  if (encoding) throw new TextEncodingError(`it is ${encoding} text; save it as UTF-8`)
  return startsWith(head, UTF8_MARK) ? 3 : 0
}

/** Returns UTF-8 text without byte order mark. Pure. @throws TextEncodingError for text in another encoding. */
export function decodeText(bytes: Uint8Array): string {
  const text = bytes.subarray(byteOrderMarkLength(bytes))
  if (!isUtf8(text)) throw new TextEncodingError('it is not UTF-8 text; save it as UTF-8')
  return Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8')
}

/** Removes the byte order mark of decoded text. Pure. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

/** ASCII characters in UTF-16 have a null byte each. */
function unmarkedEncoding([first, second, third, fourth]: Uint8Array): 'UTF-16' | undefined {
  const isLittleEndian = second === 0 && fourth === 0 && first !== 0 && third !== 0
  const isBigEndian = first === 0 && third === 0 && second !== 0 && fourth !== 0
  return fourth !== undefined && (isLittleEndian || isBigEndian) ? 'UTF-16' : undefined
}

function startsWith(bytes: Uint8Array, mark: Uint8Array): boolean {
  return bytes.length >= mark.length && mark.every((byte, n) => bytes[n] === byte)
}
