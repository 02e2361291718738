import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ContainerRoot, findContainerProcesses } from './container-processes.js'
import { MountTable } from './mount-table.js'
import { type ProcessStat, parseStat, readBeginning, readLink } from './proc-files.js'
import { unpooled } from './unpooled.js'

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
/** Reads of a process that executes another program in between. */
const MAX_READS = 3
const COMMAND_LINE_BYTES = 1024
const STAT_BYTES = 1024
const STATUS_BYTES = 4096
/** USER_HZ, which is the same on all supported architectures. */
const TICK_MS = 10

/**
 * Reads the node's /proc. No call waits for memory or a file system that a process controls; file workers do the rest. Methods return
 * `undefined` for processes that have ended.
 */
export class ProcReader {
  readonly #procFolder: string
  readonly #nodeStartedAtMs: number
  readonly #mounts: MountTable

  /** @param hostRoot where the node's root is mounted: "/host", or "/" without a container. */
  constructor(hostRoot: string) {
    this.#procFolder = join(hostRoot, 'proc')
    this.#mounts = new MountTable(hostRoot)
    const bootSeconds = /^btime (\d+)$/m.exec(readFileSync(join(this.#procFolder, 'stat'), 'latin1'))?.[1]
    this.#nodeStartedAtMs = Number(bootSeconds ?? 0) * 1000
  }

  /** Finds the processes of all containers in one pass; see `findContainerProcesses`. */
  processesOf(containers: readonly ContainerRoot[]): Map<string, number[]> {
    return findContainerProcesses(this.#procFolder, containers)
  }

  /** Reads the facts of a process and the path of its program, both of the same program. */
  readProcess(pid: number): (ProcessFacts & { readonly exe: Buffer }) | undefined {
    for (let reads = 1; ; reads++) {
      const before = this.#stat(pid)
      const facts = before && this.#readFacts(pid, before)
      if (!facts) return undefined
      const exe = this.programPath(pid) ?? Buffer.alloc(0)
      if (reads === MAX_READS || this.#stat(pid)?.stackStart === before.stackStart) return { ...facts, exe }
    }
  }

  /** Returns the path of a process's program in its container, without " (deleted)"; undefined while it ends, and for a kernel thread. */
  programPath(pid: number): Buffer | undefined {
    const path = readLink(this.#file(pid, 'exe'))
    return path?.subarray(-DELETED.length).equals(DELETED) ? path.subarray(0, -DELETED.length) : path
  }

  /**
   * Returns texts that change when a process executes another program, and when it maps or unmaps memory. They need no access to its memory.
   */
  changeMark(pid: number): { readonly program: string; readonly memory: string } | undefined {
    const stat = this.#stat(pid)
    if (!stat) return undefined
    const path = readLink(this.#file(pid, 'exe'))?.toString('latin1') ?? ''
    const program = `${stat.startTicks} ${stat.codeStart} ${stat.stackStart} ${path}`
    return { program, memory: `${program} ${stat.virtualBytes}` }
  }

  #stat(pid: number): ProcessStat | undefined {
    const text = readBeginning(this.#file(pid, 'stat'), STAT_BYTES)
    return text && parseStat(text)
  }

  #readFacts(pid: number, stat: ProcessStat): ProcessFacts | undefined {
    const status = readBeginning(this.#file(pid, 'status'), STATUS_BYTES)
    const commandLine = this.#commandLine(pid)
    if (!status || !commandLine) return undefined
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

  /** A process can map a file over its arguments. When that file's server does not answer, reading them blocks for ever. */
  #commandLine(pid: number): Buffer | undefined {
    if (this.#mounts.reachesForeign(pid)) return Buffer.alloc(0)
    return readBeginning(this.#file(pid, 'cmdline'), COMMAND_LINE_BYTES)
  }

  #file(pid: number, name: string): string {
    return join(this.#procFolder, String(pid), name)
  }
}

function joinArguments(commandLine: Buffer): Buffer {
  const text = commandLine.toString('latin1').replace(/\0+$/, '').replaceAll('\0', ' ')
  // Remembered, and sent to other threads: both would keep or copy the whole pool of a pooled buffer.
  return unpooled(Buffer.from(text, 'latin1'))
}
