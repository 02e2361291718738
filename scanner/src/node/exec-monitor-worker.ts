import { closeSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '@guardimesh/kit/errors/guard-error'
import * as koffi from 'koffi'
import { LRUCache } from 'lru-cache'
import { EXECUTION_MEMORY_MS, type MonitorMessage, type ProgramStart, type StartedFile, type StartedProcess } from './exec-monitor.js'
import { call, KernelError, lastErrno } from './libc.js'
import { mountNamespaceOf } from './mount-namespaces.js'
import { MountTable } from './mount-table.js'
import { ProcReader } from './proc.js'
import { decodeProcEvent, openProcConnector } from './proc-connector.js'
import { containerIdsIn, readCgroup, readLink, undefinedIfGone } from './proc-files.js'
import type { RunFile } from './process-state.js'
import { ProcessStateReader } from './process-state-reader.js'
import { isInterpreter, scriptSource } from './script-argument.js'
import { unpooled } from './unpooled.js'

// A thread that reacts to program starts at once.

const MESSAGE_BYTES = 4096
/** What was done about a start. */
type Reaction = Pick<ProgramStart, 'kind' | 'files' | 'script'>

/** Files of one process that are opened at its start. */
const MAX_FILES = 4
const MAX_PARENTS = 8192
const MAX_ANCESTORS = 16
const ENDED: Reaction = { kind: 'ended', files: [], script: undefined }
const UNREAD: Reaction = { kind: 'unread', files: [], script: undefined }
const RUNTIME = /(^\/|^\/memfd:(runc_cloned:|libcrun).*|\/(runc|crun|youki|conmon|containerd-shim[^/]*))( \(deleted\))?$/
const MEMORY_PROGRAM = /^\/memfd:.* \(deleted\)$/s

const hostRoot = String(workerData)
const procFolder = join(hostRoot, 'proc')
const proc = new ProcReader(hostRoot)
const reader = new ProcessStateReader(hostRoot)
const mounts = new MountTable(hostRoot)
/** Processes that started an interpreter and are read next, with what is known of those that a runtime started. */
const interpreters: { readonly pid: number; readonly entered: StartedProcess | undefined }[] = []
const parents = new Map<number, number>()
/**
 * Cgroup paths of processes that a runtime started, which lead to the container when these processes have ended as well, and of parents in a
 * container, which start programs all the time.
 */
const cgroups = new LRUCache<number, string>({ max: MAX_PARENTS })
/** Number of programs that a process has started recently, also of those that had ended before they could be read. */
const startedPrograms = new LRUCache<number, number>({ max: MAX_PARENTS, ttl: EXECUTION_MEMORY_MS })
const buffer = Buffer.alloc(MESSAGE_BYTES)
const post = (message: MonitorMessage) => parentPort?.postMessage(message)

/** Programs in memory are opened first, because reading what an interpreter runs takes longer than such a program may live. */
function onReadable(fd: number): void {
  readQueue(fd)
  for (let next = interpreters.shift(); next !== undefined; next = interpreters.shift()) {
    const { pid, entered } = next
    postStart(
      pid,
      orUnread(() => startOfInterpreter(pid, entered)),
    )
    readQueue(fd)
  }
}

function readQueue(fd: number): void {
  for (;;) {
    const length = call.read(fd, buffer, MESSAGE_BYTES)
    if (length < 0) {
      const errno = lastErrno()
      if (errno !== 'ENOBUFS') return
      post({ kind: 'lost' })
      continue
    }
    const event = decodeProcEvent(buffer.subarray(0, length))
    if (event?.kind === 'exec') noteStart(event.pid)
    else if (event) noteFork(event.pid, event.parentPid)
  }
}

function noteStart(pid: number): void {
  const program = readLink(join(procFolder, String(pid), 'exe'))?.toString('latin1')
  startedPrograms.set(pid, (startedPrograms.get(pid) ?? 0) + 1)
  const entered = isStartedByRuntime(pid) ? noteEntered(pid) : undefined
  if (program === undefined) postStart(pid, ENDED)
  else if (MEMORY_PROGRAM.test(program))
    postStart(
      pid,
      orUnread(() => startInMemory(pid, program)),
    )
  else if (isInterpreter(program)) interpreters.push({ pid, entered })
}

/** True for a process that a container runtime started: the container's program, or a step before it. */
function isStartedByRuntime(pid: number): boolean {
  const parentPid = parents.get(pid)
  const program = parentPid === undefined ? undefined : readLink(join(procFolder, String(parentPid), 'exe'))?.toString('latin1')
  return program !== undefined && RUNTIME.test(program)
}

/** Such a process may end before the event of a file that it writes is handled. */
function noteEntered(pid: number): StartedProcess | undefined {
  const paths = readCgroupPaths(pid)
  if (paths) cgroups.set(pid, paths)
  const entered = proc.readProcess(pid)
  if (entered) post({ kind: 'entered', process: entered })
  return entered
}

function postStart(pid: number, reaction: Reaction | undefined): void {
  if (!reaction) return
  const process = reaction === ENDED ? undefined : proc.readProcess(pid)
  const facts = { pid, cgroup: cgroupOfTree(pid), process, startedPrograms: startedPrograms.get(pid) ?? 0 }
  post({ kind: 'start', start: { ...reaction, ...facts } })
}

/** Never throws: an exception in a callback of the poll would end the scanner. */
function orUnread(react: () => Reaction | undefined): Reaction | undefined {
  try {
    return react()
  } catch {
    return UNREAD
  }
}

function startInMemory(pid: number, program: string): Reaction {
  // A file with such a name may be on a file system with a server.
  if (!reader.isInMemory(pid)) return mounts.reachesForeign(pid) ? UNREAD : ENDED
  // A message copies the whole pool of a pooled buffer.
  const path = unpooled(Buffer.from(program.slice(0, -' (deleted)'.length), 'latin1'))
  const files = openAll(pid, [{ kind: 'memfd', path, link: 'exe' }])
  return files.length > 0 ? { kind: 'memory', files, script: undefined } : ENDED
}

/** @returns undefined when the interpreter reads no script. */
function startOfInterpreter(pid: number, entered: StartedProcess | undefined): Reaction | undefined {
  const start = mounts.reachesForeign(pid) ? UNREAD : readInterpreter(pid)
  if (start?.kind === 'interpreter' || mountNamespaceOf(hostRoot, pid) !== undefined) return start
  // It ended while it was read, so that it seems to have no arguments.
  return entered && hasProgramInArguments(entered) ? undefined : UNREAD
}

function readInterpreter(pid: number): Reaction | undefined {
  const { script, openFiles = [] } = undefinedIfGone(() => reader.readInterpreted(pid)) ?? {}
  const scriptFiles = script?.kind === 'file' ? openAll(pid, [script.file]) : []
  const files = [...scriptFiles, ...openAll(pid, openFiles.slice(0, MAX_FILES))]
  const isRead = script?.kind !== 'file' || scriptFiles.length > 0
  if (files.length === 0 && !isRead) return UNREAD
  return script || files.length > 0 ? { kind: 'interpreter', files, script: isRead ? script : undefined } : undefined
}

/** True for `sh -c COMMAND`: health checks that end at once read no script. */
function hasProgramInArguments({ commandLine, exe }: StartedProcess): boolean {
  const args = commandLine.toString('latin1').split(' ')
  return commandLine.length > 0 && scriptSource(args, exe.toString('latin1')) === undefined
}

function openAll(pid: number, files: readonly Pick<RunFile, 'kind' | 'path' | 'link'>[]): StartedFile[] {
  return files.flatMap(({ kind, path, link }) => {
    try {
      return [{ kind, path, link, fd: reader.open(pid, link) }]
    } catch (error) {
      if (error instanceof KernelError) return []
      throw error
    }
  })
}

/** Remembers the parents of new processes, to find the container of one that has ended already. */
function noteFork(pid: number, parentPid: number): void {
  parents.delete(pid)
  parents.set(pid, parentPid)
  cgroups.delete(pid)
  startedPrograms.delete(pid)
  const [oldest] = parents.keys()
  if (parents.size > MAX_PARENTS && oldest !== undefined) parents.delete(oldest)
}

/**
 * Returns the cgroup paths of a process and of its ancestors, nearest first, up to one that names a container: with cgroups v1, a process that
 * is ending has the cgroup "/".
 */
function cgroupOfTree(pid: number): string {
  let current: number | undefined = pid
  let text = ''
  for (let depth = 0; depth < MAX_ANCESTORS && current !== undefined; depth++) {
    const known = cgroups.get(current)
    if (known !== undefined && containerIdsIn(known).length > 0) return text + known
    const paths: string = readCgroupPaths(current) ?? ''
    text += `${paths}\n${known ?? ''}\n`
    if (containerIdsIn(text).length > 0) {
      // It may start many programs, which are all of its container.
      if (depth > 0) cgroups.set(current, paths)
      return text
    }
    current = parents.get(current)
  }
  return text
}

/** Reads the different paths of a process in all hierarchies, one a line. */
function readCgroupPaths(pid: number): string | undefined {
  const text = readCgroup(procFolder, pid)
  return text && [...new Set(text.split('\n').map((line) => line.slice(line.indexOf('/'))))].join('\n')
}

/** A busy node must not delay this thread: programs end within milliseconds. Its work per start is bounded. */
function raisePriority(): void {
  try {
    setPriority(0, constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Without the permission, the thread reacts later.
  }
}

/** The first calls take a hundred times as long as the following ones. */
function warmUp(): void {
  reader.readInterpreted(process.pid)
  reader.isInMemory(process.pid)
  mounts.reachesForeign(process.pid)
  proc.readProcess(process.pid)
}

try {
  raisePriority()
  warmUp()
  const fd = openProcConnector(procFolder)
  const poll = koffi.node.poll(fd, { readable: true }, () => onReadable(fd))
  parentPort?.once('message', () => {
    poll.close()
    closeSync(fd)
    parentPort?.close()
  })
  post({ kind: 'started' })
} catch (error) {
  post({ kind: 'failed', reason: messageOf(error) })
}
