import type { ApiErrorCode } from '@guardimesh/contracts'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import { HttpException } from '@nestjs/common'

/** Codes of errors of Fastify and Nest, by HTTP status. */
const CODE_OF_STATUS: Readonly<Record<number, ApiErrorCode>> = {
  400: 'BODY_INVALID',
  404: 'ROUTE_NOT_FOUND',
  405: 'ROUTE_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  414: 'ROUTE_NOT_FOUND',
  415: 'MEDIA_TYPE_UNSUPPORTED',
}

/**
 * Converts an error of the framework to a GuardError; undefined for unexpected errors. Pure.
 */
export function asGuardError(error: unknown): GuardError | undefined {
  if (error instanceof GuardError) return error
  const status = statusOf(error)
  // A URL that cannot be decoded is not a body error.
  const code = systemCodeOf(error) === 'FST_ERR_BAD_URL' ? 'ROUTE_NOT_FOUND' : status === undefined ? undefined : CODE_OF_STATUS[status]
  if (code === undefined) return undefined
  return new GuardError(code, explain(code, error), {}, { cause: error })
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus()
  // Only errors of Fastify itself: a `statusCode` of other errors, such as a driver's, does not concern the client.
  if (systemCodeOf(error)?.startsWith('FST_ERR') && error instanceof Error && 'statusCode' in error) return Number(error.statusCode)
  return undefined
}

function explain(code: ApiErrorCode, error: unknown): string {
  if (code === 'ROUTE_NOT_FOUND') return 'path not found, or method not supported'
  if (code === 'BODY_TOO_LARGE') return 'the body exceeds the limit of this route'
  if (code === 'MEDIA_TYPE_UNSUPPORTED') return 'unsupported media type; check content-type'
  return `invalid request: ${messageOf(error)}`
}
