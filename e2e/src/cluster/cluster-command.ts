import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { GuardError } from '@guardimesh/kit'

/** The one truth of what a cluster is: this driver only calls it. */
export const CLUSTER_SCRIPT = fileURLToPath(new URL('../../cluster/cluster.sh', import.meta.url))
/** What is built for it, once for each state of its sources. */
export const BUILD_SCRIPT = fileURLToPath(new URL('../../cluster/build.sh', import.meta.url))

/** The environment of the scripts: where the cluster's state is. */
export function buildClusterEnvironment(stateFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, GUARDIMESH_CLUSTER_STATE: stateFolder }
}

/**
 * Runs a program to its end.
 *
 * @param input what it reads on standard input; nothing when left out.
 * @returns what it printed on standard output.
 * @throws GuardError RUNTIME_UNAVAILABLE with its exit code and what it printed on standard error.
 */
export async function runProgram(argv: readonly [string, ...string[]], env: NodeJS.ProcessEnv, input = ''): Promise<string> {
  const [command, ...args] = argv
  const child = spawn(command, args, { env, stdio: 'pipe' })
  // A program that ends without reading it all closes the pipe: its exit code tells what matters.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const exit = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'SIGKILL'))
  })
  const [ended, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  if (ended === 0) return stdout
  throw new GuardError('RUNTIME_UNAVAILABLE', `${argv.slice(0, 6).join(' ')} ended with ${ended}: ${stderr.trim() || stdout.trim()}`, {
    ended,
  })
}
