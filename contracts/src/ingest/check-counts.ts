import protobuf from 'protobufjs/minimal.js'
import { checkCount } from './check-field.js'
import { refuse } from './decoded.js'
import type { Steps } from './steps.js'

/** Bound of a field with messages: its field number, the maximum number of entries, and the bounds of the fields inside each entry. */
export interface ListBound {
  readonly name: string
  readonly field: number
  readonly max: number
  readonly inside?: readonly ListBound[]
}

/** Wire type of strings, bytes and messages. */
const LENGTH_DELIMITED = 2
/** Wire type of the start of a group, which proto3 does not have. */
const GROUP = 3
/**
 * Maximum fields of one message, besides the entries of its lists. The largest message has 26; the rest is for fields of newer versions. Unknown
 * fields count as well: a compressed body of 16 KB can contain millions, and the decoder visits each of them.
 */
const FIELDS_MAX = 64
/**
 * Maximum fields of a body, which decode in less than 100 ms, in steps. Fits the largest single result (1,000 findings and 1,000 coverage entries) ten
 * times, and the largest batch of pods or sightings.
 */
const BODY_FIELDS_MAX = 400_000

/**
 * Checks the number of fields and entries before decoding. An empty entry has two bytes on the wire and hundreds once decoded, so a small body
 * could exhaust the memory otherwise. Every nested message must be listed in `lists`, so that its fields are counted.
 *
 * @throws the rejection RESULT_INVALID or BODY_TOO_LARGE of `decodeBody`; RangeError if the bytes end early.
 */
export function* checkCounts(body: Uint8Array, lists: readonly ListBound[]): Steps<void> {
  const progress = { reader: protobuf.Reader.create(body), fields: 0 }
  const message = startMessage(lists)
  while (progress.reader.pos < body.length) {
    checkField(progress, message)
    yield
  }
}

interface Progress {
  readonly reader: protobuf.Reader
  /** Fields of the body so far. */
  fields: number
}

interface MessageCounts {
  readonly lists: readonly ListBound[]
  /** Entries of each list so far. */
  readonly entries: number[]
  /** Other fields so far. */
  ownFields: number
}

function startMessage(lists: readonly ListBound[]): MessageCounts {
  return { lists, entries: lists.map(() => 0), ownFields: 0 }
}

function checkField(progress: Progress, message: MessageCounts): void {
  const { reader } = progress
  const tag = reader.uint32()
  if (++progress.fields > BODY_FIELDS_MAX)
    refuse('BODY_TOO_LARGE', `the body has more than ${BODY_FIELDS_MAX} fields; send smaller batches`)
  const index = message.lists.findIndex(({ field }) => field === tag >>> 3)
  const list = message.lists[index]
  if (!list || (tag & 7) !== LENGTH_DELIMITED) {
    if (++message.ownFields > FIELDS_MAX) refuse('RESULT_INVALID', `a message has more than ${FIELDS_MAX} fields`)
    if ((tag & 7) === GROUP) refuse('PROTOBUF_INVALID', 'the body is not a valid protobuf message: groups are not supported')
    reader.skipType(tag & 7)
    return
  }
  const count = (message.entries[index] ?? 0) + 1
  message.entries[index] = count
  checkCount(list.name, count, list.max)
  enter(progress, list.inside ?? [])
}

function enter(progress: Progress, lists: readonly ListBound[]): void {
  const { reader } = progress
  const length = reader.uint32()
  const end = reader.pos + length
  if (end > reader.len) throw new RangeError('a message is longer than the rest of the body')
  const message = startMessage(lists)
  while (reader.pos < end) checkField(progress, message)
}
