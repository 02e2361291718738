import { messageOf } from '@guardimesh/kit'

/** Joins the messages of an error and its causes. Pure. */
export function explainError(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? explainError(error.cause) : ''
  // The error for a host name with several unreachable addresses has no message of its own.
  const own = error instanceof AggregateError && error.message === '' ? error.errors.map(messageOf).join(', ') : messageOf(error)
  return cause === '' ? own : `${own}: ${cause}`
}
