import { promisify } from 'node:util'
import { gunzip, gunzipSync, constants as zlib } from 'node:zlib'
import { INGEST_LIMITS, KIB_BYTES, MIB_BYTES, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'

const gunzipAsync = promisify(gunzip)
/** Below this size, the thread pool costs more than it saves (measured for 4 KiB: 105 µs against 40 µs). */
const SYNC_MAX_BYTES = 8 * KIB_BYTES

/** The main thread handles each chunk of the thread pool: the default of 16 KiB would be a thousand for the largest body. */
const CHUNK_BYTES = 256 * KIB_BYTES

/** Size of the header and trailer of a gzip file. */
const GZIP_MIN_BYTES = 18
const GZIP_SIZE_BYTES = 4
/** Maximum compression above FREE_BYTES: results hold random identifiers and hashes and shrink 5 to 30 times, repeated bytes 1,000 times. */
const COMPRESSION_MAX = 100
/**
 * Bodies up to this size may be compressed more. The paths of one result can be long and equal, because containers choose them, and its
 * report must not be rejected; larger results have hashes and identifiers.
 */
const FREE_BYTES = 10 * MIB_BYTES

/** Headers that describe the encoding of a body. */
export interface BodyHeaders {
  readonly 'content-type'?: string | undefined
  readonly 'content-encoding'?: string | undefined
}

/**
 * Returns the maximum size of a protobuf body after decompression: the size in its gzip trailer, or the limit. Nothing is decompressed yet, so
 * that memory can be reserved and the client charged first; `unpackBody` enforces the size. Pure.
 *
 * @param body as parsed by the HTTP server: a Buffer for protobuf, another type for other media types.
 * @throws GuardError MEDIA_TYPE_UNSUPPORTED, COMPRESSION_INVALID, BODY_TOO_LARGE (compressed).
 */
export function unpackedSize(body: unknown, headers: BodyHeaders): number {
  if (!Buffer.isBuffer(body)) throw new GuardError('MEDIA_TYPE_UNSUPPORTED', `send ${PROTOBUF_MEDIA_TYPE} as content-type`)
  if (body.length > INGEST_LIMITS.compressedBodyBytes) throw tooLarge('as sent', INGEST_LIMITS.compressedBodyBytes)
  const encoding = encodingOf(headers)
  if (encoding === 'identity') return body.length
  if (encoding !== 'gzip') throw new GuardError('MEDIA_TYPE_UNSUPPORTED', 'unsupported content-encoding; only gzip is supported')
  if (body.length < GZIP_MIN_BYTES) throw new GuardError('COMPRESSION_INVALID', 'invalid gzip body: unexpected end of file')
  return Math.min(body.readUInt32LE(body.length - GZIP_SIZE_BYTES), unpackedMax(body))
}

/**
 * Returns the decompressed bytes of a protobuf body.
 *
 * @param sizeBytes result of `unpackedSize`.
 * @throws GuardError BODY_TOO_LARGE (decompressed), COMPRESSION_INVALID, also if the body is larger than its trailer states.
 */
export async function unpackBody(body: Buffer, headers: BodyHeaders, sizeBytes: number): Promise<Buffer> {
  if (encodingOf(headers) === 'identity') return body
  const options = { maxOutputLength: Math.max(1, sizeBytes), chunkSize: Math.min(CHUNK_BYTES, Math.max(zlib.Z_MIN_CHUNK, sizeBytes + 1)) }
  try {
    return Math.max(body.length, sizeBytes) <= SYNC_MAX_BYTES ? gunzipSync(body, options) : await gunzipAsync(body, options)
  } catch (error) {
    const isTooLarge = systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE'
    const limitBytes = unpackedMax(body)
    if (isTooLarge && sizeBytes >= limitBytes) throw tooLarge('after decompression', limitBytes)
    const reason = isTooLarge ? 'larger than its trailer states' : messageOf(error)
    throw new GuardError('COMPRESSION_INVALID', `invalid gzip body: ${reason}`, {}, { cause: error })
  }
}

/** Maximum size after decompression, which stops there. */
function unpackedMax({ length }: Buffer): number {
  return Math.min(FREE_BYTES + COMPRESSION_MAX * length, INGEST_LIMITS.bodyBytes)
}

function encodingOf(headers: BodyHeaders): string {
  return headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
}

function tooLarge(form: string, limitBytes: number): GuardError {
  return new GuardError('BODY_TOO_LARGE', `the body exceeds ${limitBytes} bytes ${form}; send smaller batches`, { limitBytes })
}
