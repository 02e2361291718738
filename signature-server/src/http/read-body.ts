import type { IncomingMessage } from 'node:http'
import { MIB_BYTES } from '@guardimesh/contracts'
import { BodyTooLargeError, GuardError, readBounded } from '@guardimesh/kit'
import { z } from 'zod'

/** The largest body is that of the custom signatures: 50 rule files of 256 KiB, and lists of 75,000 entries. */
export const MAX_BODY_BYTES = 64 * MIB_BYTES

/**
 * Reads and validates a JSON body.
 *
 * @throws GuardError BODY_TOO_LARGE, MEDIA_TYPE_UNSUPPORTED, BODY_INVALID that names every invalid field.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
  maxBytes: number,
): Promise<z.infer<Schema>> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\b/i.test(type)) throw new GuardError('MEDIA_TYPE_UNSUPPORTED', 'send the body as application/json')
  const parsed = schema.safeParse(parseJson(await readBody(request, maxBytes)))
  if (parsed.success) return parsed.data
  throw new GuardError('BODY_INVALID', `invalid body: ${z.prettifyError(parsed.error).slice(0, 2000)}`)
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  try {
    return await readBounded(request, maxBytes, { onExceeded: 'drain' })
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw new GuardError('BODY_TOO_LARGE', `the body is too large (maximum ${maxBytes} bytes)`)
    throw error
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new GuardError('BODY_INVALID', 'the body is not valid JSON')
  }
}
