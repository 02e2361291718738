import { closeSync, openSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from '@guardimesh/kit/errors/guard-error'
import { KernelError } from './libc.js'
import { unpooled } from './unpooled.js'

/** Errors for a process that has ended or is ending. ENAMETOOLONG: a cgroup path that is too long for the kernel to return. */
const GONE = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EINVAL', 'ENAMETOOLONG'])

/** Placeholder for a path longer than PATH_MAX, which the kernel does not return. Containers can create such paths by nesting moved folders. */
export const PATH_TOO_LONG = Buffer.from('/(a path of more than 4096 bytes)')

/** Thousands of small files are read per second: a buffer for each would keep the garbage collector busy. */
const scratch = Buffer.allocUnsafeSlow(65_536)

/** Reads up to `maxBytes` of a file of /proc. @returns undefined when the process has ended. */
export function readBeginning(path: string, maxBytes: number): Buffer | undefined {
  return undefinedIfGone(() => {
    const fd = openSync(path, 'r')
    try {
      const parts: Buffer[] = []
      let [filled, length] = [0, 0]
      for (let got = -1; got !== 0 && length < maxBytes; length += got) {
        if (filled === scratch.length) parts.push(unpooled(scratch))
        filled %= scratch.length
        got = readSync(fd, scratch, filled, Math.min(scratch.length - filled, maxBytes - length), null)
        filled += got
      }
      const last = unpooled(scratch.subarray(0, filled))
      return parts.length === 0 ? last : Buffer.concat([...parts, last])
    } finally {
      closeSync(fd)
    }
  })
}

/** Reads a link of /proc as bytes; PATH_TOO_LONG if the kernel does not return it. @returns undefined for an ended process or a kernel thread. */
export function readLink(path: string): Buffer | undefined {
  return undefinedIfGone(() => readLinkOrTooLong(path))
}

/** Returns the kernel's name of a namespace of a process, such as "mnt:[4026531841]"; undefined when it has ended. */
export function readNamespace(procFolder: string, pid: number | 'self', kind: 'mnt' | 'pid'): string | undefined {
  return undefinedIfGone(() => readlinkSync(join(procFolder, String(pid), 'ns', kind), 'latin1'))
}

/** Like `readLink`, but throws when the link does not exist. @throws the system's error. */
export function readLinkOrTooLong(path: string): Buffer {
  try {
    return readlinkSync(path, { encoding: 'buffer' })
  } catch (error) {
    if (systemCodeOf(error) === 'ENAMETOOLONG') return PATH_TOO_LONG
    throw error
  }
}

/** Calls `read`; returns undefined when it fails because the process has ended. */
export function undefinedIfGone<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    const errno = error instanceof KernelError ? error.errno : systemCodeOf(error)
    if (errno !== undefined && GONE.has(errno)) return undefined
    throw error
  }
}

/** Fields of `/proc/<pid>/stat`. */
export interface ProcessStat {
  /** comm: maximum 15 bytes, chosen by the process. */
  readonly name: string
  readonly parentPid: number
  /** Clock ticks since the node started. */
  readonly startTicks: number
  readonly virtualBytes: string
  /** Addresses of the program's code and stack, which differ after each exec. */
  readonly codeStart: string
  readonly stackStart: string
}

/** Parses `/proc/<pid>/stat`. Pure. @returns undefined for an invalid line. Source: proc_pid_stat(5). */
export function parseStat(text: Buffer): ProcessStat | undefined {
  const line = text.toString('latin1')
  // The name may contain brackets and spaces; the last bracket ends it.
  const nameEnd = line.lastIndexOf(')')
  const nameStart = line.indexOf('(')
  if (nameStart === -1 || nameEnd < nameStart) return undefined
  const fields = line.slice(nameEnd + 2).split(' ')
  const name = Buffer.from(line.slice(nameStart + 1, nameEnd), 'latin1').toString('utf8')
  const [virtualBytes = '', , , codeStart = '', , stackStart = ''] = fields.slice(20)
  return { name, parentPid: Number(fields[1]), startTicks: Number(fields[19]), virtualBytes, codeStart, stackStart }
}

/** The first process of the node. */
export const NODE_PID = 1
/** One line per hierarchy, long with deep nesting. */
const MAX_CGROUP_BYTES = 16_384
const CONTAINER_ID = /[0-9a-f]{64}/g

/** Reads `/proc/<pid>/cgroup`. @returns undefined when the process has ended. */
export function readCgroup(procFolder: string, pid: number): string | undefined {
  return readBeginning(join(procFolder, String(pid), 'cgroup'), MAX_CGROUP_BYTES)?.toString('latin1')
}

/** Returns the container ids in the text of a cgroup file, in its order. Pure. */
export function containerIdsIn(cgroups: string): readonly string[] {
  return cgroups.match(CONTAINER_ID) ?? []
}
