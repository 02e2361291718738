import type { IncomingMessage } from 'node:http'
import { BodyTooLargeError, GuardError, readBounded } from '@guardimesh/kit'
import type { ByteBudget } from '../protobuf/byte-budget.js'

/**
 * Reads the body of a request. Received bytes count against a budget until the body is complete. Keeps the connection open after an error,
 * to send the response.
 *
 * @throws GuardError BODY_TOO_LARGE, INGEST_OVERLOADED if the budget is exhausted, BODY_INVALID if the client disconnects.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, budget: ByteBudget): Promise<Buffer> {
  const lease = budget.reserve(0)
  try {
    return await readBounded(request, maxBytes, { onExceeded: 'drain', onProgress: (sizeBytes) => lease.resize(sizeBytes) })
  } catch (error) {
    if (error instanceof GuardError) throw error
    if (error instanceof BodyTooLargeError)
      throw new GuardError('BODY_TOO_LARGE', `the body exceeds ${maxBytes} bytes; send smaller batches`, { maxBytes })
    throw new GuardError('BODY_INVALID', 'the body is incomplete: the client disconnected', {}, { cause: error })
  } finally {
    lease.release()
  }
}
