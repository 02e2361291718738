import { createHash } from 'node:crypto'
import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { buildStartScript } from './malware-programs.js'

/** Runs a shell script in the container. @returns its standard output. @throws Error with its standard error if it fails. */
export async function sh(pod: RunningPod, script: string): Promise<string> {
  return requireSuccess(await pod.exec(['/bin/sh', '-c', script]))
}

/** Runs a perl program in the container. @returns its standard output. */
export async function perl(pod: RunningPod, program: string, stdin?: Buffer): Promise<string> {
  return requireSuccess(await pod.exec(['/usr/bin/perl', '-e', program], stdin))
}

/** Writes a file with a process of the container. */
export async function writeFileIn(pod: RunningPod, path: string, content: Buffer): Promise<void> {
  requireSuccess(await pod.exec(['/bin/sh', '-c', 'cat > "$1"', 'sh', path], content))
}

/** Starts a background program in the container and waits until it runs; see `buildStartScript`. @returns its process ID in the container. */
export function startProgram(pod: RunningPod, command: string, executable: string, then?: string): Promise<string> {
  return sh(pod, buildStartScript(command, executable, then))
}

/** Computes the SHA-256 of a file in the container from outside the container. */
export async function sha256InContainer(pod: RunningPod, path: string): Promise<string> {
  return sha256(await readFile(join(`/proc/${pod.pid}/root`, path)))
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Returns the process ID inside the container; undefined if the process is not in the container. */
export async function pidInContainer(pod: RunningPod, pid: number): Promise<number | undefined> {
  const namespaceOf = (id: number) => readlink(`/proc/${id}/ns/pid`)
  if ((await namespaceOf(pid)) !== (await namespaceOf(pod.pid))) return undefined
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^NSpid:.*\s(\d+)$/m.exec(status)?.[1])
}

function requireSuccess({ exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string }): string {
  if (exitCode !== 0) throw new Error(`the command in the container failed with exit code ${exitCode}: ${stderr}`)
  return stdout.trim()
}
