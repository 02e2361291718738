import { isUtf8 } from 'node:buffer'

/** Control, format and separator characters, which can break lines, terminals or the order of displayed text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/gu

/**
 * Converts the bytes of a path to printable text. Valid UTF-8 is unchanged; a backslash becomes `\\`; control and direction characters
 * and bytes that are not UTF-8 become `\xNN`, one escape per byte. Different paths never have the same text.
 */
export function displayPath(path: Uint8Array): string {
  if (isUtf8(path)) return escapeUnsafe(Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('utf8'))
  let text = ''
  for (let at = 0; at < path.length; ) {
    const length = utf8SequenceLength(path, at)
    text += length === 0 ? hexEscape(path.subarray(at, at + 1)) : escapeUnsafe(Buffer.from(path.subarray(at, at + length)).toString('utf8'))
    at += length || 1
  }
  return text
}

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (char) => (char === '\\' ? '\\\\' : hexEscape(Buffer.from(char, 'utf8'))))
}

function hexEscape(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}

/** Returns the length of the valid UTF-8 sequence at an offset; 0 if the sequence is invalid. */
function utf8SequenceLength(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) if (isUtf8(bytes.subarray(at, at + length))) return length
  return 0
}
