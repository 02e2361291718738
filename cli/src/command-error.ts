/** Something that the person at the keyboard can act on: printed as it is, without a stack. The command ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
