import protobuf from 'protobufjs/minimal.js'

/** Batches number their fields from here on, single messages below, so that the first field tells which one a body is. */
export const BATCH_FIELDS_FROM = 101

/** Number of the first field of a protobuf message; undefined when it is empty. @throws RangeError when the bytes end early. */
export function firstFieldNumber(body: Uint8Array): number | undefined {
  return body.length === 0 ? undefined : protobuf.Reader.create(body).uint32() >>> 3
}
