import { messageOf } from '@guardimesh/kit'

/** The message of an error and of what caused it, for a person. Pure. */
export function explainError(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? explainError(error.cause) : ''
  // A name with several addresses that all failed has no message of its own.
  const own = error instanceof AggregateError && error.message === '' ? error.errors.map(messageOf).join(', ') : messageOf(error)
  return cause === '' ? own : `${own}: ${cause}`
}
