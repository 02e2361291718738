import { closeSync } from 'node:fs'
import { messageOf } from '@guardimesh/kit/errors/guard-error'
import { isElf } from './elf.js'
import { CHANNEL_FD, type FileAnswer, type FileFailure, type FileRequest } from './file-worker-protocol.js'
import { KernelError } from './libc.js'
import { ProcessStateReader } from './process-state-reader.js'
import { sendDescriptor } from './unix-descriptor.js'

// A process that makes the system calls which can block for ever. Its parent abandons it then.

let reader: ProcessStateReader | undefined

function answer(request: FileRequest): FileAnswer {
  reader ??= new ProcessStateReader(request.hostRoot)
  const processes = reader
  if (request.kind === 'read') return { kind: 'states', states: request.pids.map((pid) => orFailure(() => processes.read(pid))) }
  const fd = orFailure(() => processes.open(request.pid, request.link))
  if (typeof fd !== 'number') return { kind: 'failed', failure: fd }
  try {
    sendDescriptor(CHANNEL_FD, fd, Buffer.of(0))
    return { kind: 'opened', isElf: isElf(fd) }
  } finally {
    closeSync(fd)
  }
}

function orFailure<Result>(read: () => Result): Result | FileFailure {
  try {
    return read()
  } catch (error) {
    const { errno, facts } = error instanceof KernelError ? error : { errno: 'unknown', facts: {} }
    return { errno, message: messageOf(error), facts: facts as FileFailure['facts'] }
  }
}

process.on('message', (request: FileRequest) =>
  process.send?.(answer(request), undefined, undefined, (error) => {
    // The parent has ended or abandoned this worker.
    if (error) process.exit()
  }),
)
process.on('disconnect', () => process.exit())
// The parent decides when a worker ends.
process.on('SIGTERM', () => undefined)
process.on('SIGINT', () => undefined)
