import type { IncomingMessage } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import type { ByteBudget } from '../protobuf/byte-budget.js'

/**
 * Reads the body of a request. Received bytes count against a budget until the body is complete.
 *
 * @throws GuardError BODY_TOO_LARGE, INGEST_OVERLOADED if the budget is exhausted, BODY_INVALID if the client disconnects.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, budget: ByteBudget): Promise<Buffer> {
  const tooLarge = () => new GuardError('BODY_TOO_LARGE', `the body exceeds ${maxBytes} bytes; send smaller batches`, { maxBytes })
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge()
  const lease = budget.reserve(0)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    // Keeps the connection open after an error to send the response.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      sizeBytes += (chunk as Buffer).length
      if (sizeBytes > maxBytes) throw tooLarge()
      lease.resize(sizeBytes)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof GuardError) throw error
    throw new GuardError('BODY_INVALID', 'the body is incomplete: the client disconnected', {}, { cause: error })
  } finally {
    lease.release()
  }
  return Buffer.concat(chunks, sizeBytes)
}
