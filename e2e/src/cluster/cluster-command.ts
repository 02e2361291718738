import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { GuardError } from '@guardimesh/kit'

/** Script that implements all cluster operations. */
export const CLUSTER_SCRIPT = fileURLToPath(new URL('../../cluster/cluster.sh', import.meta.url))
/** Script that builds the programs of the cluster if their sources have changed. */
export const BUILD_SCRIPT = fileURLToPath(new URL('../../cluster/build.sh', import.meta.url))

/** Builds the environment of the scripts with the state folder of the cluster. */
export function buildClusterEnvironment(stateFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, GUARDIMESH_CLUSTER_STATE: stateFolder }
}

/**
 * Runs a program and waits until it exits.
 *
 * @param input standard input. Default: empty.
 * @returns the standard output.
 * @throws GuardError RUNTIME_UNAVAILABLE with exit code and standard error, if the program fails.
 */
export async function runProgram(argv: readonly [string, ...string[]], env: NodeJS.ProcessEnv, input = ''): Promise<string> {
  const [command, ...args] = argv
  const child = spawn(command, args, { env, stdio: 'pipe' })
  // A program may exit without reading all input, which breaks the pipe. Only its exit code matters.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const exit = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'SIGKILL'))
  })
  const [exitStatus, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  if (exitStatus === 0) return stdout
  throw new GuardError(
    'RUNTIME_UNAVAILABLE',
    `${argv.slice(0, 6).join(' ')} failed with ${exitStatus}: ${stderr.trim() || stdout.trim()}`,
    {
      exitStatus,
    },
  )
}
