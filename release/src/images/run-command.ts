import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** Of what a failed command printed, as much as helps. */
const SHOWN_CHARACTERS = 2000

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Runs a program to its end.
 *
 * @returns its standard output.
 * @throws Error with what it printed when it cannot be started or ends with another code than 0.
 */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return readCommand(command, args, text, options)
}

/**
 * The same for output that is read as a stream.
 *
 * @param read takes the whole standard output in.
 */
export async function readCommand<T>(
  command: string,
  args: readonly string[],
  read: (output: Readable) => Promise<T>,
  options: CommandOptions = {},
): Promise<T> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`, { cause: error })))
    child.on('close', resolve)
  })
  const [code, complaint, output] = await Promise.all([ended, text(child.stderr), read(child.stdout)])
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${complaint.trim().slice(-SHOWN_CHARACTERS)}`)
  return output
}
