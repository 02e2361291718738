// Not from the index, because workers with little memory import this file.
import { API_ERROR_CODES, type ApiErrorCode, isApiErrorCode } from '@guardimesh/contracts/errors/api-codes'
import { NODE_ERROR_CODES, type NodeErrorCode } from './node-codes.js'

export type ErrorCode = ApiErrorCode | NodeErrorCode

/** Structured context of an error: ids, sizes, names. Must not contain file content or secrets. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | null>>

/** An expected error with an API or node code. `message` states the failure, its cause and, if possible, a remedy. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
  readonly code: ErrorCode
  readonly facts: ErrorFacts

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.facts = facts
  }

  /** Whether the same request may succeed later. */
  get isRetryable(): boolean {
    const { retry } = isApiErrorCode(this.code) ? API_ERROR_CODES[this.code] : NODE_ERROR_CODES[this.code]
    return retry === 'backoff'
  }
}

/** Whether a code is an API or a node code. */
export function isErrorCode(code: string): code is ErrorCode {
  return isApiErrorCode(code) || Object.hasOwn(NODE_ERROR_CODES, code)
}

/** Returns the code of a GuardError, INTERNAL for any other error. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof GuardError ? error.code : 'INTERNAL'
}

/** Returns the message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Returns Node's code of a system error ("ENOENT"), or undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
