import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { ExecResult } from './exec-result.js'

/** Runs a command in a container of containerd with something to read; CRI's ExecSync has no standard input, `ctr` has. */
export async function execWithInput(
  socketPath: string,
  containerId: string,
  argv: readonly string[],
  stdin: string | Buffer,
): Promise<ExecResult> {
  const call = ['--address', socketPath, '--namespace', 'k8s.io', 'tasks', 'exec', '--exec-id', randomUUID(), containerId, ...argv]
  const child = spawn('ctr', call, { stdio: 'pipe' })
  // A command that ends without reading it all closes the pipe: its exit code tells what matters.
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode) => resolve(exitCode ?? -1))
  })
  const [exitCode, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { exitCode, stdout, stderr }
}
