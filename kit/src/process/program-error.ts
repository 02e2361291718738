/** Exit status of a program. */
export interface ProgramResult {
  /** Null if a signal terminated the program. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const SHOWN_COMMAND_CHARACTERS = 200
/** The reason is usually at the end of the output. */
const SHOWN_OUTPUT_CHARACTERS = 2000

/** A program could not be started, was killed because it exceeded a limit, or failed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
  /** Undefined when the program could not be started. */
  readonly result: ProgramResult | undefined

  /** @param reason undefined if the program itself failed; its exit code or signal is the reason then. */
  constructor(command: readonly string[], reason: string | undefined, result: ProgramResult | undefined, cause?: unknown) {
    super(`${shown(command)} failed: ${[reason ?? endOf(result), outputOf(result)].filter(Boolean).join(': ')}`, { cause })
    this.result = result
  }
}

function shown(command: readonly string[]): string {
  const line = command.join(' ')
  return line.length > SHOWN_COMMAND_CHARACTERS ? `${line.slice(0, SHOWN_COMMAND_CHARACTERS)}…` : line
}

function endOf(result: ProgramResult | undefined): string {
  return result?.signal ? `killed by ${result.signal}` : `exit code ${result?.exitCode}`
}

function outputOf(result: ProgramResult | undefined): string {
  return (result?.stderr.trim() || result?.stdout.trim() || '').slice(-SHOWN_OUTPUT_CHARACTERS)
}
