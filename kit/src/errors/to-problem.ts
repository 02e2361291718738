import { API_ERROR_CODES, type ApiErrorCode, isApiErrorCode } from '@guardimesh/contracts/errors/api-codes'
import type { Problem } from '@guardimesh/contracts/http/problem'
import { errorCodeOf, messageOf } from './guard-error.js'

/**
 * Builds the problem document (RFC 9457) of an error. An error without an API code becomes INTERNAL; its message is only logged.
 * Pure.
 */
export function toProblem(error: unknown, requestId?: string): Problem {
  const code = apiCodeOf(error)
  const detail = code === 'INTERNAL' ? 'An unexpected error occurred. Search the log of the server for the request id.' : messageOf(error)
  return {
    type: `urn:guardimesh:error:${code}`,
    title: titleOf(code),
    status: API_ERROR_CODES[code].http,
    code,
    detail,
    ...(requestId === undefined ? {} : { requestId }),
  }
}

function apiCodeOf(error: unknown): ApiErrorCode {
  const code = errorCodeOf(error)
  return isApiErrorCode(code) ? code : 'INTERNAL'
}

/** Converts "API_KEY_REVOKED" to "Api key revoked". */
function titleOf(code: ApiErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
