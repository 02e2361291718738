import { ERROR_CODES, type ErrorCode } from '@guardimesh/contracts'

/** Facts that help to understand an error: ids, sizes, names. Never file content, never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | null>>

/** The one error class. `code` is of the closed list; `message` says what went wrong and, where it can, what to do. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
  readonly code: ErrorCode
  readonly facts: ErrorFacts

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.facts = facts
  }

  /** True when the same request may succeed later. */
  get isRetryable(): boolean {
    return ERROR_CODES[this.code].retry === 'backoff'
  }
}

/** The error's code; INTERNAL for anything that is not ours. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof GuardError ? error.code : 'INTERNAL'
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Node's code of a system error ("ENOENT"), or undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
