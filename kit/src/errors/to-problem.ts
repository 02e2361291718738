import { ERROR_CODES, type ErrorCode, type Problem } from '@guardimesh/contracts'
import { errorCodeOf, messageOf } from './guard-error.js'

/**
 * Makes the RFC 9457 document of an error. What is not a GuardError becomes INTERNAL, and its message stays in the log.
 * Pure.
 */
export function toProblem(error: unknown, requestId?: string): Problem {
  const code = errorCodeOf(error)
  const detail = code === 'INTERNAL' ? 'Something failed in the server; its log names this request.' : messageOf(error)
  return {
    type: `urn:guardimesh:error:${code}`,
    title: titleOf(code),
    status: ERROR_CODES[code].http,
    code,
    detail,
    ...(requestId === undefined ? {} : { requestId }),
  }
}

/** "API_KEY_REVOKED" becomes "Api key revoked". */
function titleOf(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
