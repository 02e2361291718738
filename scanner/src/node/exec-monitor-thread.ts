import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '@guardimesh/kit'
import * as koffi from 'koffi'
import type { MonitorMessage, ProgramStart, StartedFile } from './exec-monitor.js'
import { call, KernelError, lastErrno } from './libc.js'
import { MountTable } from './mount-table.js'
import { ProcReader } from './proc.js'
import { decodeExec, openProcConnector } from './proc-connector.js'
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
const MEMORY_PROGRAM = /^\/memfd:.* \(deleted\)$/s

const procFolder = join(String(workerData), 'proc')
const proc = new ProcReader(String(workerData))
const reader = new ProcessStateReader(procFolder)
const mounts = new MountTable(procFolder)
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
    const pid = decodeExec(buffer.subarray(0, length))
    if (pid !== undefined) noteStart(pid)
  }
}

function noteStart(pid: number): void {
  const program = readLink(join(procFolder, String(pid), 'exe'))?.toString('latin1')
  const start = program === undefined ? ended(pid) : startOf(pid, program)
  if (start) post({ kind: 'start', start: { ...start, pid, cgroup: cgroupOf(pid), process: proc.readProcess(pid) } })
}

function ended(pid: number): Reaction | undefined {
  // A process of the kernel itself has no program either, but does not end at once.
  return readBeginning(join(procFolder, String(pid), 'stat'), 64) ? { kind: 'ended', files: [], script: undefined } : undefined
}

function startOf(pid: number, program: string): Reaction | undefined {
  const isMemory = MEMORY_PROGRAM.test(program)
  if (!isMemory && !isInterpreter(program)) return undefined
  if (mounts.reachesForeign(pid)) return { kind: 'unread', files: [], script: undefined }
  if (isMemory) return { kind: 'memory', files: openAll(pid, [{ path: Buffer.from(program, 'latin1'), link: 'exe' }]), script: undefined }
  return startOfInterpreter(pid)
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

function cgroupOf(pid: number): string {
  return readBeginning(join(procFolder, String(pid), 'cgroup'), MAX_CGROUP_BYTES)?.toString('latin1') ?? ''
}

try {
  const fd = openProcConnector(procFolder)
  koffi.node.poll(fd, { readable: true }, () => onReadable(fd))
  post({ kind: 'started' })
} catch (error) {
  post({ kind: 'failed', reason: messageOf(error) })
}
