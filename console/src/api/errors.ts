import type { Problem } from '@guardimesh/contracts'

/** The backend refused or failed; `problem` is what it said. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** The backend gave no answer, or one that is not of the contract. `kind` tells which. */
export class ApiUnusable extends Error {
  readonly kind: 'unreachable' | 'unexpected'
  constructor(kind: 'unreachable' | 'unexpected', cause: unknown) {
    super(`the backend's answer is ${kind}`, { cause })
    this.name = 'ApiUnusable'
    this.kind = kind
  }
}

/** True when the session is missing or over. A failed login is not: it is an answer to a form. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401 && error.problem.code !== 'LOGIN_FAILED'
}

export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.problem.status === 403
}

export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.problem.code === code
}

/** Trying again by itself helps only when the backend was away or overloaded. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ApiError) return error.problem.status >= 502 || error.problem.status === 429
  return error instanceof ApiUnusable && error.kind === 'unreachable'
}
