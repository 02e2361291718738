import { closeSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type FileStat, statOpened } from './file-stat.js'
import { fileSystemKind } from './file-system-types.js'
import { descriptorPath, openPath, openPathInside, openRegular } from './kernel.js'
import { type Mapping, parseExecutableMappings } from './mapped-files.js'
import { createMemoryFile } from './memory-file.js'
import { MountTable, mountOfDevice, mountOfPath } from './mount-table.js'
import type { Mount } from './mountinfo.js'
import { PATH_TOO_LONG, parseStat, readBeginning, readLink, undefinedIfGone } from './proc-files.js'
import type { ForeignFile, ProcessState, RunFile, Script } from './process-state.js'
import { isInterpreter, scriptSource } from './script-argument.js'

/** Enough for 65,530 mappings (vm.max_map_count) of usual length. */
const MAPS_BYTES = 8 * 1024 * 1024
const COMMAND_LINE_BYTES = 4096
const STAT_BYTES = 1024
const MAX_LIBRARIES = 512
const MAX_DESCRIPTORS = 256
/** TASK_COMM_LEN without the terminating zero byte. */
const MAX_COMM_LENGTH = 15
const DELETED = Buffer.from(' (deleted)')
const MEMFD = Buffer.from('/memfd:')
const STREAM = /^(pipe|socket):\[/

/** The process that is being read. */
interface Subject {
  readonly pid: number
  readonly mounts: readonly Mount[]
  readonly foreign: ForeignFile[]
  /** Devices of the executable mappings, by path. */
  readonly mappings: readonly Mapping[]
}

/**
 * Reads what processes run. Its calls can block: reading the arguments of a process touches memory that it controls, and files may be on a
 * device that does not respond. It therefore runs in file workers only.
 */
export class ProcessStateReader {
  readonly #procFolder: string
  readonly #mountTable: MountTable
  readonly #memoryDevice = memoryDevice()

  constructor(hostRoot: string) {
    this.#procFolder = join(hostRoot, 'proc')
    this.#mountTable = new MountTable(hostRoot)
  }

  /** @returns undefined for a process that has ended, or a kernel thread. */
  read(pid: number): ProcessState | undefined {
    const mounts = this.#mountTable.mountsOf(pid)
    const exePath = readLink(this.#file(pid, 'exe'))
    const maps = readBeginning(this.#file(pid, 'maps'), MAPS_BYTES)
    if (!mounts || !exePath || !maps) return undefined
    const { files: mappings, anonymousBytes } = parseExecutableMappings(maps, this.#memoryDevice)
    const subject: Subject = { pid, mounts, foreign: [], mappings }
    const executable = this.#runFile(subject, 'exe', exePath, deviceOfPath(mappings, exePath))
    const libraries = mappings.filter(({ path, isMarkedDeleted }) => !exePath.equals(isMarkedDeleted ? concat(path) : path))
    const found = libraries.slice(0, MAX_LIBRARIES).map((mapping) => this.#library(subject, mapping))
    const program = executable?.path.toString('latin1') ?? ''
    const { script, openFiles } = isInterpreter(program) ? this.#interpreted(subject, program) : { script: undefined, openFiles: [] }
    return {
      ...{ executable, libraries: found.filter((file) => file !== undefined), script, openFiles, anonymousBytes },
      foreign: subject.foreign,
      omitted: Math.max(0, libraries.length - MAX_LIBRARIES),
    }
  }

  /** Reads what the interpreter of a process runs; undefined for other programs. */
  readInterpreted(pid: number): Pick<ProcessState, 'script' | 'openFiles'> | undefined {
    const program = readLink(this.#file(pid, 'exe'))?.toString('latin1') ?? ''
    const mounts = isInterpreter(program) ? this.#mountTable.mountsOf(pid) : undefined
    return mounts && this.#interpreted({ pid, mounts, foreign: [], mappings: [] }, program)
  }

  /** True when the program of a process is in memory without a mount. Never blocks: it opens nothing, and asks no file system. */
  isInMemory(pid: number): boolean {
    const stat = this.#statOf(pid, 'exe')
    return stat !== undefined && deviceText(stat.identity.device) === this.#memoryDevice
  }

  /** Opens a file that a process runs. @param link `RunFile.link`. @throws KernelError ENOENT when it no longer exists. */
  open(pid: number, link: string): number {
    if (!link.startsWith('root/')) return openRegular(this.#file(pid, link))
    const pathFd = this.#openInRoot(pid, Buffer.from(link.slice('root'.length), 'latin1'))
    try {
      return openRegular(descriptorPath(pathFd))
    } finally {
      closeSync(pathFd)
    }
  }

  #library(subject: Subject, { path, isMarkedDeleted, range, device }: Mapping): RunFile | undefined {
    return this.#runFile(subject, `map_files/${range}`, isMarkedDeleted ? concat(path) : path, device)
  }

  /** @param device of the file if known; else that of the mount at its path. */
  #runFile(subject: Subject, link: string, markedPath: Buffer, device: string | undefined): RunFile | undefined {
    if (this.#isForeign(subject, markedPath, device)) return undefined
    const stat = this.#statOf(subject.pid, link)
    return stat && { ...this.#classify(subject, markedPath, stat), stat, link }
  }

  #classify(subject: Subject, path: Buffer, stat: FileStat): Pick<RunFile, 'kind' | 'path'> {
    if (path.equals(PATH_TOO_LONG)) return { kind: stat.linkCount === 0 ? 'deleted' : 'normal', path }
    if (!path.subarray(-DELETED.length).equals(DELETED) || this.#hasName(subject, path, stat)) return { kind: 'normal', path }
    const isMemfd = path.subarray(0, MEMFD.length).equals(MEMFD)
    return { kind: isMemfd ? 'memfd' : 'deleted', path: path.subarray(0, -DELETED.length) }
  }

  /** Adds a file to those that are not touched. A file with neither device nor path is touched: the worker can be abandoned. */
  #isForeign({ mounts, foreign }: Subject, path: Buffer, device: string | undefined): boolean {
    if (device === this.#memoryDevice) return false
    const mount = (device && this.#mountOfDevice(mounts, device)) || (device === undefined ? mountOfPath(mounts, path) : undefined)
    if (!mount || fileSystemKind(mount.fileSystem) !== 'remote') return false
    foreign.push({ path, mountPoint: mount.mountPoint, fileSystem: mount.fileSystem })
    return true
  }

  /** Kernels before 6.5 report the device below an overlay, which is mounted on the node only. */
  #mountOfDevice(mounts: readonly Mount[], device: string): Mount | undefined {
    return mountOfDevice(mounts, device) ?? mountOfDevice(this.#mountTable.mountsOf(1) ?? [], device)
  }

  #interpreted(subject: Subject, program: string): Pick<ProcessState, 'script' | 'openFiles'> {
    const { pid } = subject
    const args = splitArguments(readBeginning(this.#file(pid, 'cmdline'), COMMAND_LINE_BYTES))
    const source = scriptSource(args, program)
    const openFiles = this.#unnamedOpenFiles(subject)
    if (!source) return { script: undefined, openFiles }
    const own = source.kind === 'stdin' ? '0' : /^\/(?:proc\/(?:self|\d+)|dev)\/fd\/(\d+)$/.exec(source.path)?.[1]
    const script =
      own === undefined ? this.#namedScript(subject, (source as { path: string }).path) : this.#openScript(subject, `fd/${own}`)
    return { script, openFiles }
  }

  #openScript(subject: Subject, link: string): Script | undefined {
    const target = readLink(this.#file(subject.pid, link))
    if (!target) return undefined
    if (STREAM.test(target.toString('latin1'))) return { kind: 'stream' }
    const file = this.#runFile(subject, link, target, target.subarray(0, MEMFD.length).equals(MEMFD) ? this.#memoryDevice : undefined)
    return file && scriptOf(file, false)
  }

  #namedScript(subject: Subject, given: string): Script | undefined {
    const { pid } = subject
    const folder = readLink(this.#file(pid, 'cwd'))
    if (!folder) return undefined
    const wanted = Buffer.from(given.startsWith('/') ? given : join(folder.toString('latin1'), given), 'latin1')
    if (this.#isForeign(subject, wanted, undefined)) return undefined
    return undefinedIfGone(() => {
      const fd = this.#openInRoot(pid, wanted)
      try {
        const stat = statOpened(fd)
        const resolved = readLink(descriptorPath(fd)) ?? wanted
        const file = { kind: 'normal' as const, path: resolved, stat, link: `root${wanted.toString('latin1')}` }
        return scriptOf(file, this.#isComm(pid, given))
      } finally {
        closeSync(fd)
      }
    })
  }

  /** The kernel names a process after the script that was executed, not after its interpreter. */
  #isComm(pid: number, path: string): boolean {
    const stat = readBeginning(this.#file(pid, 'stat'), STAT_BYTES)
    const name = stat && parseStat(stat)?.name
    return name !== undefined && name === path.split('/').at(-1)?.slice(0, MAX_COMM_LENGTH)
  }

  #unnamedOpenFiles(subject: Subject): RunFile[] {
    const folder = this.#file(subject.pid, 'fd')
    const names = undefinedIfGone(() => readdirSync(folder)) ?? []
    return names.slice(0, MAX_DESCRIPTORS).flatMap((name) => {
      const target = readLink(join(folder, name))
      if (!target?.subarray(-DELETED.length).equals(DELETED)) return []
      const isMemfd = target.subarray(0, MEMFD.length).equals(MEMFD)
      const file = this.#runFile(subject, `fd/${name}`, target, isMemfd ? this.#memoryDevice : undefined)
      return file && file.kind !== 'normal' && file.stat.kind === 'regular' ? [file] : []
    })
  }

  /** True when a file with this path exists: " (deleted)" may be part of an ordinary name. */
  #hasName(subject: Subject, path: Buffer, stat: FileStat): boolean {
    if (this.#isForeign({ ...subject, foreign: [] }, path, undefined)) return false
    const named = undefinedIfGone(() => {
      const fd = this.#openInRoot(subject.pid, path)
      try {
        return statOpened(fd).identity
      } finally {
        closeSync(fd)
      }
    })
    return named?.inode === stat.identity.inode && named.device === stat.identity.device
  }

  #openInRoot(pid: number, path: Buffer): number {
    const rootFd = openPath(this.#file(pid, 'root'))
    try {
      return openPathInside(rootFd, path)
    } finally {
      closeSync(rootFd)
    }
  }

  #statOf(pid: number, link: string): FileStat | undefined {
    return undefinedIfGone(() => {
      const fd = openPath(this.#file(pid, link))
      try {
        return statOpened(fd)
      } finally {
        closeSync(fd)
      }
    })
  }

  #file(pid: number, name: string): string {
    return join(this.#procFolder, String(pid), name)
  }
}

const concat = (path: Buffer) => Buffer.concat([path, DELETED])

function deviceOfPath(mappings: readonly Mapping[], exePath: Buffer): string | undefined {
  return mappings.find(({ path, isMarkedDeleted }) => exePath.equals(isMarkedDeleted ? concat(path) : path))?.device
}

/** A terminal is no script: commands are typed. */
function scriptOf(file: RunFile, isExecuted: boolean): Script | undefined {
  const { kind } = file.stat
  if (kind === 'regular') return { kind: 'file', file, isExecuted }
  return kind === 'fifo' || kind === 'socket' ? { kind: 'stream' } : undefined
}

function splitArguments(commandLine: Buffer | undefined): string[] {
  return (commandLine ?? Buffer.alloc(0)).toString('latin1').replace(/\0$/, '').split('\0')
}

/** Formats a device number of `fstat` as mountinfo does. */
function deviceText(device: bigint): string {
  return `${(device >> 8n) & 0xfffn}:${(device & 0xffn) | ((device >> 12n) & 0xffff_ff00n)}`
}

/** Returns the device of memory files, "major:minor", which no mount has. */
function memoryDevice(): string {
  using file = createMemoryFile(Buffer.alloc(0), Buffer.alloc(0))
  return deviceText(file.identity.device)
}
