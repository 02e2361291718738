import { closeSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '@guardimesh/kit'
import * as koffi from 'koffi'
import type { MonitorMessage, ProgramStart, StartedFile } from './exec-monitor.js'
import { call, KernelError, lastErrno } from './libc.js'
import { MountTable } from './mount-table.js'
import { ProcReader } from './proc.js'
import { decodeProcEvent, openProcConnector } from './proc-connector.js'
import { readBeginning, readLink, undefinedIfGone } from './proc-files.js'
import type { RunFile } from './process-state.js'
import { ProcessStateReader } from './process-state-reader.js'
import { isInterpreter } from './script-argument.js'

// A thread that reacts to program starts at once.

const MESSAGE_BYTES = 4096
const MAX_CGROUP_BYTES = 16_384
/** What was done about a start. */
type Reaction = Pick<ProgramStart, 'kind' | 'files' | 'script'>

/** Files of one process that are opened at its start. */
const MAX_FILES = 4
const MAX_PARENTS = 8192
const MAX_ANCESTORS = 16
const ENDED: Reaction = { kind: 'ended', files: [], script: undefined }
const MEMORY_PROGRAM = /^\/memfd:.* \(deleted\)$/s

const procFolder = join(String(workerData), 'proc')
const proc = new ProcReader(String(workerData))
const reader = new ProcessStateReader(procFolder)
const mounts = new MountTable(procFolder)
const parents = new Map<number, number>()
const buffer = Buffer.alloc(MESSAGE_BYTES)
const post = (message: MonitorMessage) => parentPort?.postMessage(message)

function onReadable(fd: number): void {
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
  const reaction = reactTo(pid)
  if (reaction) post({ kind: 'start', start: { ...reaction, pid, cgroup: cgroupOfTree(pid), process: proc.readProcess(pid) } })
}

/** Never throws: an exception in a callback of the poll would end the scanner. */
function reactTo(pid: number): Reaction | undefined {
  try {
    const program = readLink(join(procFolder, String(pid), 'exe'))?.toString('latin1')
    return program === undefined ? ENDED : startOf(pid, program)
  } catch {
    return { kind: 'unread', files: [], script: undefined }
  }
}

function startOf(pid: number, program: string): Reaction | undefined {
  const isMemory = MEMORY_PROGRAM.test(program)
  if (isMemory && reader.isInMemory(pid)) {
    const files = openAll(pid, [{ path: Buffer.from(program, 'latin1'), link: 'exe' }])
    return files.length > 0 ? { kind: 'memory', files, script: undefined } : ENDED
  }
  if (!isMemory && !isInterpreter(program)) return undefined
  if (mounts.reachesForeign(pid)) return { kind: 'unread', files: [], script: undefined }
  return isMemory ? ENDED : startOfInterpreter(pid)
}

function startOfInterpreter(pid: number): Reaction | undefined {
  const { script, openFiles = [] } = undefinedIfGone(() => reader.readInterpreted(pid)) ?? {}
  const scriptFiles = script?.kind === 'file' ? openAll(pid, [script.file]) : []
  const files = [...scriptFiles, ...openAll(pid, openFiles.slice(0, MAX_FILES))]
  const isRead = script?.kind !== 'file' || scriptFiles.length > 0
  return script || files.length > 0 ? { kind: 'interpreter', files, script: isRead ? script : undefined } : undefined
}

function openAll(pid: number, files: readonly Pick<RunFile, 'path' | 'link'>[]): StartedFile[] {
  return files.flatMap(({ path, link }) => {
    try {
      return [{ path, link, fd: reader.open(pid, link) }]
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
  const [oldest] = parents.keys()
  if (parents.size > MAX_PARENTS && oldest !== undefined) parents.delete(oldest)
}

/** Returns the cgroups of a process, or of its nearest ancestor that is alive. */
function cgroupOfTree(pid: number): string {
  let current: number | undefined = pid
  for (let depth = 0; depth < MAX_ANCESTORS && current !== undefined; depth++) {
    const text = readBeginning(join(procFolder, String(current), 'cgroup'), MAX_CGROUP_BYTES)
    if (text && text.length > 0) return text.toString('latin1')
    current = parents.get(current)
  }
  return ''
}

/** A busy node must not delay this thread: programs end within milliseconds. Its work per start is bounded. */
function raisePriority(): void {
  try {
    setPriority(0, constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Without the permission, the thread reacts later.
  }
}

try {
  raisePriority()
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
