import { closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ContainerRoot, findContainerProcesses } from './container-processes.js'
import { type FileStat, statOpened } from './file-stat.js'
import { openPath, openPathInside, openRegular } from './kernel.js'
import { type MappedFile, parseDeletedMappings } from './mapped-files.js'
import { PATH_TOO_LONG, parseStat, readBeginning, readLink, undefinedIfGone } from './proc-files.js'

/** The executable of a process: a file, a deleted file, or an in-memory file. */
export interface Executable {
  readonly kind: 'normal' | 'deleted' | 'memfd'
  /** Target of /proc/<pid>/exe in the container, raw bytes, without the kernel's suffix " (deleted)". */
  readonly path: Buffer
  readonly stat: FileStat
}

/** Facts of a process. */
export interface ProcessFacts {
  readonly pid: number
  readonly parentPid: number
  /** comm, for display. */
  readonly name: string
  /** comm of the parent; empty when it has ended. */
  readonly parentName: string
  /** Arguments separated by spaces, raw bytes, maximum 1024. */
  readonly commandLine: Buffer
  /** Real user id. */
  readonly uid: number
  /** Unix time in milliseconds, exact to 10 ms and one second of offset. */
  readonly startedAtMs: number
  /** Distinguishes the process from a later one with the same id. */
  readonly startTicks: number
}

const DELETED = Buffer.from(' (deleted)')
const MEMFD = Buffer.from('/memfd:')
const COMMAND_LINE_BYTES = 1024
const STAT_BYTES = 1024
const STATUS_BYTES = 4096
/** Enough for 65,530 mappings (vm.max_map_count) of usual length. */
const MAPS_BYTES = 8 * 1024 * 1024
/** USER_HZ, which is the same on all supported architectures. */
const TICK_MS = 10

/** Reads the node's /proc. Methods return `undefined` for processes that have ended. */
export class ProcReader {
  readonly #procFolder: string
  readonly #nodeStartedAtMs: number

  /** @param hostRoot where the node's root is mounted: "/host", or "/" without a container. */
  constructor(hostRoot: string) {
    this.#procFolder = join(hostRoot, 'proc')
    const bootSeconds = /^btime (\d+)$/m.exec(readFileSync(join(this.#procFolder, 'stat'), 'latin1'))?.[1]
    this.#nodeStartedAtMs = Number(bootSeconds ?? 0) * 1000
  }

  /** Finds the processes of all containers in one pass; see `findContainerProcesses`. */
  processesOf(containers: readonly ContainerRoot[]): Map<string, number[]> {
    return findContainerProcesses(this.#procFolder, containers)
  }

  readProcess(pid: number): ProcessFacts | undefined {
    const statText = readBeginning(this.#file(pid, 'stat'), STAT_BYTES)
    const stat = statText && parseStat(statText)
    const status = readBeginning(this.#file(pid, 'status'), STATUS_BYTES)
    const commandLine = readBeginning(this.#file(pid, 'cmdline'), COMMAND_LINE_BYTES)
    if (!stat || !status || !commandLine) return undefined
    const parentComm = readBeginning(this.#file(stat.parentPid, 'comm'), STAT_BYTES)
    return {
      pid,
      parentPid: stat.parentPid,
      name: stat.name,
      parentName: parentComm?.toString('utf8').trimEnd() ?? '',
      commandLine: joinArguments(commandLine),
      uid: Number(/^Uid:\s+(\d+)/m.exec(status.toString('latin1'))?.[1] ?? 0),
      startedAtMs: this.#nodeStartedAtMs + stat.startTicks * TICK_MS,
      startTicks: stat.startTicks,
    }
  }

  /** Reads the executable of a process; undefined also for a kernel thread. */
  executableState(pid: number): Executable | undefined {
    const link = this.#file(pid, 'exe')
    const path = readLink(link)
    const stat = path && statOf(link)
    if (!path || !stat) return undefined
    if (path.equals(PATH_TOO_LONG)) return { kind: stat.linkCount === 0 ? 'deleted' : 'normal', path, stat }
    if (!path.subarray(-DELETED.length).equals(DELETED) || this.#hasName(pid, path, stat)) return { kind: 'normal', path, stat }
    const isMemfd = path.subarray(0, MEMFD.length).equals(MEMFD)
    return { kind: isMemfd ? 'memfd' : 'deleted', path: path.subarray(0, -DELETED.length), stat }
  }

  /** Opens the executable of a process, deleted or not. The caller closes it. @returns undefined when it has ended. @throws KernelError */
  openExecutable(pid: number): number | undefined {
    return undefinedIfGone(() => openRegular(this.#file(pid, 'exe')))
  }

  /** Finds deleted files with an executable mapping, except the process's own executable. One entry per file. */
  mappedDeletedFiles(pid: number): MappedFile[] {
    const text = readBeginning(this.#file(pid, 'maps'), MAPS_BYTES)
    if (!text) return []
    const exe = readLink(this.#file(pid, 'exe'))
    return parseDeletedMappings(text).filter(({ path, range }) => {
      const deletedPath = Buffer.concat([path, DELETED])
      if (exe?.equals(deletedPath)) return false
      const stat = statOf(this.#file(pid, `map_files/${range}`))
      return stat === undefined || !this.#hasName(pid, deletedPath, stat)
    })
  }

  /** Opens a mapped file. The caller closes it. @returns undefined when the mapping or the process no longer exists. @throws KernelError */
  openMapped(pid: number, file: MappedFile): number | undefined {
    return undefinedIfGone(() => openRegular(this.#file(pid, `map_files/${file.range}`)))
  }

  /** Opens the root folder of the process, for `openBeneath`. The caller closes it. @returns undefined when it has ended. @throws KernelError */
  openRootOf(pid: number): number | undefined {
    return undefinedIfGone(() => openPath(this.#file(pid, 'root')))
  }

  /** True when a file with this path exists: " (deleted)" may be part of an ordinary name. */
  #hasName(pid: number, path: Buffer, stat: FileStat): boolean {
    const named = undefinedIfGone(() => {
      const rootFd = openPath(this.#file(pid, 'root'))
      try {
        const fd = openPathInside(rootFd, path)
        try {
          return statOpened(fd).identity
        } finally {
          closeSync(fd)
        }
      } finally {
        closeSync(rootFd)
      }
    })
    return named?.inode === stat.identity.inode && named.device === stat.identity.device
  }

  #file(pid: number, name: string): string {
    return join(this.#procFolder, String(pid), name)
  }
}

function statOf(link: string): FileStat | undefined {
  return undefinedIfGone(() => {
    const fd = openPath(link)
    try {
      return statOpened(fd)
    } finally {
      closeSync(fd)
    }
  })
}

function joinArguments(commandLine: Buffer): Buffer {
  const text = commandLine.toString('latin1').replace(/\0+$/, '').replaceAll('\0', ' ')
  return Buffer.from(text, 'latin1')
}
