import type { Problem } from '@guardimesh/contracts'

/** The backend rejected the request or failed; `problem` is its problem document. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** The backend did not respond (`unreachable`), or its response violates the contract (`unexpected`). */
export class ApiUnavailable extends Error {
  readonly kind: 'unreachable' | 'unexpected'
  constructor(kind: 'unreachable' | 'unexpected', cause: unknown) {
    super(kind === 'unreachable' ? 'the backend is unreachable' : 'the response of the backend is invalid', { cause })
    this.name = 'ApiUnusable'
    this.kind = kind
  }
}

/** True if the session is missing or expired. False for a failed login, which the login form handles. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401 && error.problem.code !== 'LOGIN_FAILED'
}

export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.problem.status === 403
}

export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.problem.code === code
}

/** An automatic retry helps only if the backend was unavailable or overloaded. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ApiError) return error.problem.status >= 502 || error.problem.status === 429
  return error instanceof ApiUnavailable && error.kind === 'unreachable'
}
