import protobuf from 'protobufjs/minimal.js'
import { checkCount } from './check-field.js'

/** A list inside a message: its field's number, how many entries it may have, and the lists inside each entry. */
export interface ListBound {
  readonly name: string
  readonly field: number
  readonly max: number
  readonly inside?: readonly ListBound[]
}

/** Wire type of strings, bytes and messages. */
const LENGTH_DELIMITED = 2

/**
 * Counts the entries of lists on the wire. An empty entry takes two bytes there and hundreds once it is decoded, so the bounds of lists are
 * checked before: otherwise a small body could use up all memory.
 *
 * @throws the refusal RESULT_INVALID of `decodeBody`; RangeError when the bytes end early.
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
  if (end > reader.len) throw new RangeError('a message is longer than what is left of the body')
  checkMessage(reader, end, lists)
}
