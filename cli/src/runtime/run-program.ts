import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { messageOf, systemCodeOf } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'

/**
 * Runs a program of the node to its end.
 *
 * @param command the program and its arguments.
 * @param input what it reads on standard input; nothing when left out.
 * @returns what it printed on standard output.
 * @throws CommandError with what it printed on standard error.
 */
export async function runProgram(command: readonly string[], input?: Readable): Promise<string> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // A program that ends early is told by its exit code, not by the pipe that broke.
  const fed = (input ? pipeline(input, child.stdin) : Promise.resolve(child.stdin.end())).catch((error: unknown) => error)
  try {
    const [exitCode, stdout, stderr] = await Promise.all([ended, buffer(child.stdout), buffer(child.stderr)])
    if (exitCode !== 0) throw new CommandError(`${command.slice(0, 6).join(' ')} failed (${exitCode}): ${stderr.toString('utf8').trim()}`)
    const failure = await fed
    if (failure instanceof Error && systemCodeOf(failure) !== 'EPIPE') throw new CommandError(messageOf(failure), { cause: failure })
    return stdout.toString('utf8')
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error
    throw new CommandError(`The program ${program} is not on this machine: run this on a node, with the runtime that the node has.`, {
      cause: error,
    })
  }
}
