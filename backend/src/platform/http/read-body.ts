import type { IncomingMessage } from 'node:http'
import { SECOND_MS } from '@guardimesh/contracts'
import { BodyTooLargeError, GuardError, readBounded } from '@guardimesh/kit'
import type { ByteBudget } from '../protobuf/byte-budget.js'

/** Time to send the response after the deadline of a body, before the connection is closed. */
const RESPONSE_MS = SECOND_MS

export interface ReadBodyOptions {
  readonly maxBytes: number
  readonly budget: ByteBudget
  /** Time to receive the body; undefined: only the request timeout of the server applies. */
  readonly timeoutMs?: number
}

/**
 * Reads the body of a request. Received bytes count against a budget until the body is complete. Keeps the connection open after an error,
 * to send the response; after a timeout for a second only.
 *
 * @throws GuardError BODY_TOO_LARGE, INGEST_OVERLOADED if the budget is exhausted, BODY_INVALID after a timeout or if the client disconnects.
 */
export async function readBody(request: IncomingMessage, { maxBytes, budget, timeoutMs }: ReadBodyOptions): Promise<Buffer> {
  const lease = budget.reserve(0)
  let timer: NodeJS.Timeout | undefined
  let isLate = false
  const late = new Promise<never>((_, reject) => {
    if (timeoutMs === undefined) return
    timer = setTimeout(() => {
      isLate = true
      setTimeout(() => request.socket.destroy(), RESPONSE_MS).unref()
      reject(new GuardError('BODY_INVALID', `the body did not arrive within ${timeoutMs / SECOND_MS} s`))
    }, timeoutMs)
  })
  const onProgress = (sizeBytes: number) => {
    // The lease is released already.
    if (isLate) throw new GuardError('BODY_INVALID', 'the body arrived too late')
    lease.resize(sizeBytes)
  }
  try {
    return await Promise.race([readBounded(request, maxBytes, { onExceeded: 'drain', onProgress }), late])
  } catch (error) {
    if (error instanceof GuardError) throw error
    if (error instanceof BodyTooLargeError) throw new GuardError('BODY_TOO_LARGE', `the body exceeds ${maxBytes} bytes`, { maxBytes })
    throw new GuardError('BODY_INVALID', 'the body is incomplete: the client disconnected', {}, { cause: error })
  } finally {
    clearTimeout(timer)
    lease.release()
  }
}
