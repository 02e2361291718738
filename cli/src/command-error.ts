/** An error that the user can act on: its message is printed without a stack, and the command exits with code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
