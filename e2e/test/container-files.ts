import { createHash } from 'node:crypto'
import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { startScript } from './malware-programs.js'

/** Runs a shell script in the container. @returns what it printed. @throws Error with what it said when it fails. */
export async function sh(pod: RunningPod, script: string): Promise<string> {
  return requireSuccess(await pod.exec(['/bin/sh', '-c', script]))
}

/** Runs a perl program in the container. @param stdin what it reads. @returns what it printed. */
export async function perl(pod: RunningPod, program: string, stdin?: Buffer): Promise<string> {
  return requireSuccess(await pod.exec(['/usr/bin/perl', '-e', program], stdin))
}

/** Writes a file in the container, by a process of the container. */
export async function writeFileIn(pod: RunningPod, path: string, content: Buffer): Promise<void> {
  requireSuccess(await pod.exec(['/bin/sh', '-c', 'cat > "$1"', 'sh', path], content))
}

/** Starts a program in the background of the container and waits until it runs; see `startScript`. @returns its process id in the container. */
export function startProgram(pod: RunningPod, command: string, executable: string, then?: string): Promise<string> {
  return sh(pod, startScript(command, executable, then))
}

/** SHA-256 of a file of the container, as this machine reads it. */
export async function sha256InContainer(pod: RunningPod, path: string): Promise<string> {
  return sha256(await readFile(join(`/proc/${pod.pid}/root`, path)))
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The id that a process of this machine has in the container; undefined when it is no process of the container. */
export async function pidInContainer(pod: RunningPod, pid: number): Promise<number | undefined> {
  const namespaceOf = (id: number) => readlink(`/proc/${id}/ns/pid`)
  if ((await namespaceOf(pid)) !== (await namespaceOf(pod.pid))) return undefined
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^NSpid:.*\s(\d+)$/m.exec(status)?.[1])
}

function requireSuccess({ exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string }): string {
  if (exitCode !== 0) throw new Error(`the command in the container ended with ${exitCode}: ${stderr}`)
  return stdout.trim()
}
