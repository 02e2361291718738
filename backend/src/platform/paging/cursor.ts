import { createHash } from 'node:crypto'
import { GuardError } from '@guardimesh/kit'

const CHECKSUM_BYTES = 9

/** Formats of the parts of a sort key. */
export const UUID_PART = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const NUMBER_PART = /^\d{1,18}$/
export const TEXT_PART = /^[^\0]*$/

/**
 * Creates the opaque cursor for the end of a page.
 *
 * The checksum covers the list, its filters and the position, so a truncated or edited cursor, or one for other filters, is rejected instead of
 * returning a wrong page. It needs no secret, because a position gives no access beyond the list.
 *
 * @param list name and filters of the list.
 * @param position sort key of the last returned row.
 */
export function encodeCursor(list: unknown, position: readonly string[]): string {
  const text = JSON.stringify(position)
  return Buffer.concat([checksum(list, text), Buffer.from(text)]).toString('base64url')
}

/**
 * Decodes a cursor. Pure.
 *
 * @param parts format of each part of the sort key.
 * @throws GuardError CURSOR_INVALID.
 */
export function decodeCursor(list: unknown, cursor: string, parts: readonly RegExp[]): string[] {
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.subarray(CHECKSUM_BYTES).toString()
  // base64url ignores some bits of the last character; only the canonical encoding is valid.
  const isOurs = bytes.toString('base64url') === cursor && bytes.subarray(0, CHECKSUM_BYTES).equals(checksum(list, text))
  if (!isOurs) throw new GuardError('CURSOR_INVALID', 'the cursor is invalid for this list and its filters; start again without a cursor')
  const position = parsePosition(text)
  if (!isPosition(position, parts))
    throw new GuardError('CURSOR_INVALID', 'the cursor is from another version; start again without a cursor')
  return position
}

/** Parses the position. The checksum is not secret, so the text may still be arbitrary. */
function parsePosition(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPosition(position: unknown, parts: readonly RegExp[]): position is string[] {
  if (!Array.isArray(position) || position.length !== parts.length) return false
  return parts.every((part, at) => typeof position[at] === 'string' && part.test(position[at]))
}

function checksum(list: unknown, text: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([list, text]))
    .digest()
    .subarray(0, CHECKSUM_BYTES)
}
