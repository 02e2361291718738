import { closeSync, readSync } from 'node:fs'
import { KernelError } from '../node/libc.js'
import type { ProcReader } from '../node/proc.js'
import type { Behaviour } from './behaviour.js'
import type { ProcessFacts } from './found-file.js'

/** Something a process runs or has mapped that is worth a finding. */
export interface RunningFile {
  readonly behaviour: Behaviour
  /** As the container sees it, raw bytes. */
  readonly path: Buffer
  readonly layer: string
  readonly pid: number
  /** Tells it from others of the same process. */
  readonly key: string
  /** Opens the content; whoever calls closes it. Undefined when the process ended. @throws KernelError */
  readonly open: () => number | undefined
}

/** Facts of a process for a finding; undefined when it ended. `exe` is empty while it ends, and when its file system does not answer. */
export function readProcessFacts(proc: ProcReader, pid: number): ProcessFacts | undefined {
  const facts = proc.readProcess(pid)
  return facts && { ...facts, exe: executablePath(proc, pid) }
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
 * True when an open file is a program or library. Language runtimes map memory without a name for the code they compile
 * (the .NET runtime's double mapping, libffi): that is no ELF file, and no finding.
 */
export function isElf(fd: number): boolean {
  const head = Buffer.alloc(ELF_MAGIC.length)
  return readSync(fd, head, 0, head.length, 0) === head.length && head.equals(ELF_MAGIC)
}

/** Opens a file if it is ELF. */
export function openElf(open: () => number | undefined): number | undefined {
  const fd = open()
  if (fd === undefined || isElf(fd)) return fd
  closeSync(fd)
  return undefined
}
