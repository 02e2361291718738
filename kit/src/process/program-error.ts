/** How a program ended. */
export interface ProgramResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const SHOWN_COMMAND_CHARACTERS = 200
/** The end of the output usually holds the reason. */
const SHOWN_OUTPUT_CHARACTERS = 2000

/** A program that could not be started, was killed at a limit, or failed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
  /** Undefined when the program could not be started. */
  readonly result: ProgramResult | undefined

  /** @param reason undefined for a program that failed on its own: its exit code or signal is the reason. */
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
