import type { ApiErrorCode } from '../errors/api-codes.js'

/** Outcome of reading a body from outside: the value, or why it is refused. `message` names the field. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ApiErrorCode; readonly message: string }

/** Thrown inside the decoders only; `decodeBody` turns it into a value. */
class Refusal extends Error {
  readonly code: ApiErrorCode
  constructor(code: ApiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Refuses the body being decoded. Call inside `decodeBody`. */
export function refuse(code: ApiErrorCode, message: string): never {
  throw new Refusal(code, message)
}

/** Runs a decoder; its refusals, and protobufjs's complaints about broken bytes, become values. */
export function decodeBody<Value>(decode: () => Value): Decoded<Value> {
  try {
    return { ok: true, value: decode() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message }
    // protobufjs throws RangeError past the end and Error on a bad wire type or nesting.
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'PROTOBUF_INVALID', message: `the body is not the protobuf message it should be: ${reason}` }
  }
}
