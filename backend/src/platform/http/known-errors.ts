import type { ApiErrorCode } from '@guardimesh/contracts'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import { HttpException } from '@nestjs/common'

/** What Fastify and Nest refuse by themselves, by HTTP status. */
const CODE_OF_STATUS: Readonly<Record<number, ApiErrorCode>> = {
  400: 'BODY_INVALID',
  404: 'ROUTE_NOT_FOUND',
  405: 'ROUTE_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  414: 'ROUTE_NOT_FOUND',
  415: 'MEDIA_TYPE_UNSUPPORTED',
}

/**
 * Says which error of the closed list something is that was thrown; undefined when it is a fault of ours.
 * Pure.
 */
export function asGuardError(error: unknown): GuardError | undefined {
  if (error instanceof GuardError) return error
  const status = statusOf(error)
  // An address that cannot be decoded is no fault of the body.
  const code = systemCodeOf(error) === 'FST_ERR_BAD_URL' ? 'ROUTE_NOT_FOUND' : status === undefined ? undefined : CODE_OF_STATUS[status]
  if (code === undefined) return undefined
  return new GuardError(code, explain(code, error), {}, { cause: error })
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus()
  // Fastify's own errors carry their status; anything else with a `statusCode` (a driver's, say) is none of the client's doing.
  if (systemCodeOf(error)?.startsWith('FST_ERR') && error instanceof Error && 'statusCode' in error) return Number(error.statusCode)
  return undefined
}

function explain(code: ApiErrorCode, error: unknown): string {
  if (code === 'ROUTE_NOT_FOUND') return 'there is nothing at this address, or not for this method'
  if (code === 'BODY_TOO_LARGE') return 'the body is larger than this address takes; send less at once'
  if (code === 'MEDIA_TYPE_UNSUPPORTED') return 'the body is of a media type that this address does not take; look at content-type'
  return `the request cannot be read: ${messageOf(error)}`
}
