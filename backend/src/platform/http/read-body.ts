import type { IncomingMessage } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import type { ByteBudget } from '../protobuf/byte-budget.js'

/**
 * Reads the body of a request; what has arrived of it counts in a budget until it is whole.
 *
 * @throws GuardError BODY_TOO_LARGE, INGEST_OVERLOADED when the budget is used up, BODY_INVALID when the client leaves in the middle.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, budget: ByteBudget): Promise<Buffer> {
  const tooLarge = () => new GuardError('BODY_TOO_LARGE', `the body is larger than ${maxBytes} bytes; send less at once`, { maxBytes })
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge()
  const lease = budget.reserve(0)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    // The connection stays open after an error, so that the client can be answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      sizeBytes += (chunk as Buffer).length
      if (sizeBytes > maxBytes) throw tooLarge()
      lease.resize(sizeBytes)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof GuardError) throw error
    throw new GuardError('BODY_INVALID', 'the body ended before its announced end', {}, { cause: error })
  } finally {
    lease.release()
  }
  return Buffer.concat(chunks, sizeBytes)
}
