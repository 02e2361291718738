import { createHash } from 'node:crypto'
import { GuardError } from '@guardimesh/kit'

const CHECKSUM_BYTES = 9

/** What the parts of a sort key look like. */
export const UUID_PART = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const NUMBER_PART = /^\d{1,18}$/
export const TEXT_PART = /^[^\0]*$/

/**
 * Makes the opaque cursor of a page's end.
 *
 * The checksum covers the list, its filters and the position, so that a cursor that was cut, edited or used with other filters is refused
 * rather than giving a wrong page. It needs no secret: a position lets nobody see more than the list shows anyway.
 *
 * @param list name of the list and everything that decides what is in it.
 * @param position sort key of the last row that was given.
 */
export function encodeCursor(list: unknown, position: readonly string[]): string {
  const text = JSON.stringify(position)
  return Buffer.concat([checksum(list, text), Buffer.from(text)]).toString('base64url')
}

/**
 * Reads a cursor. Pure.
 *
 * @param parts what each part of the sort key looks like.
 * @throws GuardError CURSOR_INVALID.
 */
export function decodeCursor(list: unknown, cursor: string, parts: readonly RegExp[]): string[] {
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.subarray(CHECKSUM_BYTES).toString()
  // base64url ignores some bits of its last letter: only the one spelling that we made counts.
  const isOurs = bytes.toString('base64url') === cursor && bytes.subarray(0, CHECKSUM_BYTES).equals(checksum(list, text))
  if (!isOurs) throw new GuardError('CURSOR_INVALID', 'this cursor is not of this list with these filters; begin again without it')
  const position = parsePosition(text)
  if (!isPosition(position, parts)) throw new GuardError('CURSOR_INVALID', 'this cursor is of another version; begin again without it')
  return position
}

/** The checksum is no secret, so what it covers may still be anything. */
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
