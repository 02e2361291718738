import { closeSync, readSync } from 'node:fs'
import { KernelError } from '../node/libc.js'
import type { ProcReader } from '../node/proc.js'
import type { Behaviour } from './behaviour.js'
import type { ProcessFacts } from './found-file.js'

/** A program or library in use by a process that is a finding by itself. */
export interface RunningFile {
  readonly behaviour: Behaviour
  /** Path in the container, raw bytes. */
  readonly path: Buffer
  readonly layer: string
  readonly pid: number
  /** Distinguishes it from others of the same process. */
  readonly key: string
  /** Opens the content; the caller closes it. Undefined when the process has ended. @throws KernelError */
  readonly open: () => number | undefined
}

/** Reads the facts of a process for a finding; undefined when it has ended. `exe` is empty while it ends, or when its file system fails. */
export function readProcessFacts(proc: ProcReader, pid: number): ProcessFacts | undefined {
  // Before the command line: if the process executes another program in between, its program is the runtime's starter, which is never reported.
  const exe = executablePath(proc, pid)
  const facts = proc.readProcess(pid)
  return facts && { ...facts, exe }
}

function executablePath(proc: ProcReader, pid: number): Buffer {
  try {
    return proc.executableState(pid)?.path ?? Buffer.alloc(0)
  } catch (error) {
    if (error instanceof KernelError) return Buffer.alloc(0)
    throw error
  }
}

const ELF_MAGIC = Buffer.from('\x7fELF', 'latin1')

/**
 * True when an open file is a program or library. Language runtimes map in-memory files without ELF format for compiled code (double mapping of
 * .NET, libffi), which is no finding.
 */
export function isElf(fd: number): boolean {
  const head = Buffer.alloc(ELF_MAGIC.length)
  return readSync(fd, head, 0, head.length, 0) === head.length && head.equals(ELF_MAGIC)
}

/** Opens a file and returns undefined if it is not ELF. */
export function openElf(open: () => number | undefined): number | undefined {
  const fd = open()
  if (fd === undefined || isElf(fd)) return fd
  closeSync(fd)
  return undefined
}
