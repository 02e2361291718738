import protobuf from 'protobufjs/minimal.js'

/** Lowest field number of batches; single messages use lower numbers, so the first field distinguishes them. */
export const BATCH_FIELDS_FROM = 101

/** Returns the number of the first field of a protobuf message; undefined for an empty one. @throws RangeError if the bytes end early. */
export function firstFieldNumber(body: Uint8Array): number | undefined {
  return body.length === 0 ? undefined : protobuf.Reader.create(body).uint32() >>> 3
}
