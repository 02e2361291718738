import protobuf from 'protobufjs/minimal.js'

/** A computation in steps of up to a few milliseconds, between which the caller can do other work. */
export type Steps<Value> = Generator<void, Value>

/** Size of a part that decodes in one step. */
const PART_BYTES = 64 * 1024

/** Runs all steps. */
export function runSteps<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Divides a message between its fields into parts, each of which decodes to a message with some of the list entries. */
export function partsOf(body: Uint8Array): Uint8Array[] {
  const reader = protobuf.Reader.create(body)
  const parts: Uint8Array[] = []
  for (let start = 0; start < body.length; start = reader.pos) {
    while (reader.pos < body.length && reader.pos - start < PART_BYTES) reader.skipType(reader.uint32() & 7)
    parts.push(body.subarray(start, reader.pos))
  }
  return parts
}
