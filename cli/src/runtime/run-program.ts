import type { Readable } from 'node:stream'
import { ProgramError, runChecked, systemCodeOf } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'

/**
 * Runs a program of the node to its end.
 *
 * @param command the program and its arguments.
 * @param input its standard input. Default: empty.
 * @returns its standard output.
 * @throws CommandError with its standard error.
 */
export async function runProgram(command: readonly string[], input?: Readable): Promise<string> {
  const [program = '', ...args] = command
  try {
    return await runChecked(program, args, input ? { input } : {})
  } catch (error) {
    if (error instanceof ProgramError && systemCodeOf(error.cause) === 'ENOENT')
      throw new CommandError(`${program} was not found: run this command on a node, where the container runtime is installed.`, {
        cause: error,
      })
    throw error instanceof ProgramError ? new CommandError(`${error.message}.`, { cause: error }) : error
  }
}
