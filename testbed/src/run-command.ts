import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { GuardError, messageOf } from '@guardimesh/kit'

const exec = promisify(execFile)
const OUTPUT_MAX_BYTES = 16 * 1024 * 1024

/** Whom a process runs as, in the shape that `spawn` takes. */
export interface UserIds {
  readonly uid: number
  readonly gid: number
}

/**
 * Runs a short command to its end.
 *
 * @returns what it printed on standard output.
 * @throws GuardError RUNTIME_UNAVAILABLE with what it printed on standard error.
 */
export async function runCommand(command: string, args: readonly string[], user?: UserIds): Promise<string> {
  try {
    const { stdout } = await exec(command, args, { maxBuffer: OUTPUT_MAX_BYTES, encoding: 'utf8', ...user })
    return stdout
  } catch (error) {
    const printed = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new GuardError('RUNTIME_UNAVAILABLE', `${command} ${args[0] ?? ''} failed: ${printed || messageOf(error)}`, {}, { cause: error })
  }
}
