import type { ApiErrorCode } from '../errors/api-codes.js'
import type { Steps } from './steps.js'

/** Result of decoding a request body: the value, or the reason of the rejection. `message` names the field. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ApiErrorCode; readonly message: string }

/** Thrown only inside decoders; `decodeBody` converts it to a result. */
class Refusal extends Error {
  readonly code: ApiErrorCode
  constructor(code: ApiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Rejects the body that is being decoded. Call it inside `decodeBody` only. */
export function refuse(code: ApiErrorCode, message: string): never {
  throw new Refusal(code, message)
}

/** Runs a decoder in steps and converts its rejections, and protobufjs errors for malformed bytes, to results. */
export function* decodeBody<Value>(decode: () => Steps<Value>): Steps<Decoded<Value>> {
  try {
    return { ok: true, value: yield* decode() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message }
    // protobufjs throws RangeError past the end and Error on a bad wire type or nesting.
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'PROTOBUF_INVALID', message: `the body is not a valid protobuf message: ${reason}` }
  }
}
