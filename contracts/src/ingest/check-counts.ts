import protobuf from 'protobufjs/minimal.js'
import { checkCount } from './check-field.js'

/** Bound of a repeated field: its field number, the maximum number of entries, and the bounds of the fields inside each entry. */
export interface ListBound {
  readonly name: string
  readonly field: number
  readonly max: number
  readonly inside?: readonly ListBound[]
}

/** Wire type of strings, bytes and messages. */
const LENGTH_DELIMITED = 2

/**
 * Checks the number of entries of repeated fields before decoding. An empty entry has two bytes on the wire and hundreds once decoded, so a
 * small body could exhaust the memory otherwise.
 *
 * @throws the rejection RESULT_INVALID of `decodeBody`; RangeError if the bytes end early.
 */
export function checkCounts(body: Uint8Array, lists: readonly ListBound[]): void {
  checkMessage(protobuf.Reader.create(body), body.length, lists)
}

function checkMessage(reader: protobuf.Reader, end: number, lists: readonly ListBound[]): void {
  const counts = lists.map(() => 0)
  while (reader.pos < end) {
    const tag = reader.uint32()
    const index = lists.findIndex(({ field }) => field === tag >>> 3)
    const list = lists[index]
    if (!list || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7)
      continue
    }
    const count = (counts[index] ?? 0) + 1
    counts[index] = count
    checkCount(list.name, count, list.max)
    if (list.inside) enter(reader, list.inside)
    else reader.skipType(LENGTH_DELIMITED)
  }
}

function enter(reader: protobuf.Reader, lists: readonly ListBound[]): void {
  const length = reader.uint32()
  const end = reader.pos + length
  if (end > reader.len) throw new RangeError('a message is longer than the rest of the body')
  checkMessage(reader, end, lists)
}
