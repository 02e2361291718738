import { closeSync, openSync, readlinkSync, readSync } from 'node:fs'
import { systemCodeOf } from '@guardimesh/kit'
import { KernelError } from './libc.js'

/** Errors that mean "the process is gone, or is going". ENAMETOOLONG: a control group so deep that the kernel does not tell it. */
const GONE = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EINVAL', 'ENAMETOOLONG'])

/** Stands for a path that is longer than the kernel tells (PATH_MAX), which a container can make by moving folders into each other. */
export const PATH_TOO_LONG = Buffer.from('/(a path of more than 4096 bytes)')

const FIRST_READ_BYTES = 4096

/** Reads the beginning of a file of /proc: what a process says of itself can be long. @returns undefined when the process is gone. */
export function readBeginning(path: string, maxBytes: number): Buffer | undefined {
  return undefinedIfGone(() => {
    const fd = openSync(path, 'r')
    try {
      let out = Buffer.allocUnsafe(Math.min(maxBytes, FIRST_READ_BYTES))
      let length = 0
      for (let got = -1; got !== 0 && length < maxBytes; length += got) {
        // Most are short: memory for the longest would be touched for every process at every look.
        if (length === out.length) out = Buffer.concat([out], Math.min(maxBytes, 4 * out.length))
        got = readSync(fd, out, length, out.length - length, null)
      }
      return out.subarray(0, length)
    } finally {
      closeSync(fd)
    }
  })
}

/** Reads a link of /proc as bytes; PATH_TOO_LONG for one that the kernel does not tell. @returns undefined when the process is gone, or a kernel thread. */
export function readLink(path: string): Buffer | undefined {
  return undefinedIfGone(() => readLinkOrTooLong(path))
}

/** The same without the doubt whether it is there. @throws the system's error. */
export function readLinkOrTooLong(path: string): Buffer {
  try {
    return readlinkSync(path, { encoding: 'buffer' })
  } catch (error) {
    if (systemCodeOf(error) === 'ENAMETOOLONG') return PATH_TOO_LONG
    throw error
  }
}

/** Does it; undefined when the process it is about ended. */
export function undefinedIfGone<Result>(look: () => Result): Result | undefined {
  try {
    return look()
  } catch (error) {
    const errno = error instanceof KernelError ? error.errno : systemCodeOf(error)
    if (errno !== undefined && GONE.has(errno)) return undefined
    throw error
  }
}

/** `/proc/<pid>/stat`, as far as it is needed. */
export interface ProcessStat {
  /** comm: at most 15 bytes, whatever the process wants. */
  readonly name: string
  readonly parentPid: number
  /** Clock ticks since the node started. */
  readonly startTicks: number
}

/** Pure. @returns undefined for what is no such line. Source: proc_pid_stat(5). */
export function parseStat(text: Buffer): ProcessStat | undefined {
  const line = text.toString('latin1')
  // The name may hold brackets and spaces; the last bracket ends it.
  const nameEnd = line.lastIndexOf(')')
  const nameStart = line.indexOf('(')
  if (nameStart === -1 || nameEnd < nameStart) return undefined
  const fields = line.slice(nameEnd + 2).split(' ')
  const name = Buffer.from(line.slice(nameStart + 1, nameEnd), 'latin1').toString('utf8')
  return { name, parentPid: Number(fields[1]), startTicks: Number(fields[19]) }
}
