import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, call, KernelError, lastErrno } from './libc.js'
import { readLink, undefinedIfGone } from './proc-files.js'

// linux/netlink.h, linux/connector.h, linux/cn_proc.h, linux/filter.h
const AF_NETLINK = 16
const SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0o2000000 | 0o4000
const NETLINK_CONNECTOR = 11
const CN_IDX_PROC = 1
const CN_VAL_PROC = 1
const PROC_CN_MCAST_LISTEN = 1
const PROC_EVENT_FORK = 1
const PROC_EVENT_EXEC = 2
const NLMSG_DONE = 3
const SOL_SOCKET = 1
const SO_ATTACH_FILTER = 26
const SO_RCVBUFFORCE = 33
const CLONE_NEWNET = 0x4000_0000
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
/** Offsets in a message: `nlmsghdr`, `cn_msg`, then `proc_event` with its union at 52. */
const WHAT_OFFSET = 36
const TGID_OFFSET = 56
const CHILD_PID_OFFSET = 60
const CHILD_TGID_OFFSET = 64

/**
 * Opens a socket that receives a message for every program start of the node. The thread moves to the node's network namespace, the only one
 * that has this connector.
 *
 * @throws KernelError EPERM without CAP_NET_ADMIN or in a nested user or PID namespace; ECONNREFUSED when the kernel has no process connector.
 */
export function openProcConnector(procFolder: string): number {
  requireInitialNamespaces()
  enterNetwork(procFolder)
  const fd = call.socket(AF_NETLINK, SOCK_DGRAM_CLOEXEC_NONBLOCK, NETLINK_CONNECTOR)
  if (fd < 0) throw new KernelError('socket of the process connector failed', lastErrno())
  try {
    attachFilter(fd)
    setInteger(fd, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES)
    const address = Buffer.alloc(12)
    address.writeUInt16LE(AF_NETLINK, 0)
    address.writeUInt32LE(CN_IDX_PROC, 8)
    if (call.bind(fd, address, address.length) < 0) throw new KernelError('bind of the process connector failed', lastErrno())
    const request = listenRequest()
    if (call.send(fd, request, request.length, 0) < 0) throw new KernelError('the process connector refused to listen', lastErrno())
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/** A message of the process connector. */
export type ProcEvent =
  | { readonly kind: 'exec'; readonly pid: number }
  | { readonly kind: 'fork'; readonly pid: number; readonly parentPid: number }

/** Decodes a message; undefined for other kinds. Pure. */
export function decodeProcEvent(message: Buffer): ProcEvent | undefined {
  if (message.length < CHILD_TGID_OFFSET + 4) return undefined
  const what = message.readUInt32LE(WHAT_OFFSET)
  if (what === PROC_EVENT_EXEC) return { kind: 'exec', pid: message.readUInt32LE(TGID_OFFSET) }
  if (what !== PROC_EVENT_FORK) return undefined
  return { kind: 'fork', pid: message.readUInt32LE(CHILD_TGID_OFFSET), parentPid: message.readUInt32LE(TGID_OFFSET) }
}

/** The kernel ignores requests from other namespaces without an error. Source: PROC_PID_INIT_INO, PROC_USER_INIT_INO of linux/proc_ns.h. */
function requireInitialNamespaces(): void {
  for (const name of ['pid:[4026531836]', 'user:[4026531837]']) {
    const link = `/proc/self/ns/${name.split(':')[0]}`
    if (readLink(link)?.toString('latin1') !== name)
      throw new KernelError('the process connector needs the PID and user namespace of the machine', 'EPERM')
  }
}

/** Stays in its own namespace when the node's cannot be entered; only the kernel knows whether they differ then. */
function enterNetwork(procFolder: string): void {
  const namespaceFd = undefinedIfGone(() => openSync(join(procFolder, '1/ns/net'), constants.O_RDONLY))
  if (namespaceFd === undefined) return
  try {
    if (call.setns(namespaceFd, CLONE_NEWNET) < 0) throw new KernelError("failed to enter the node's network namespace", lastErrno())
  } finally {
    closeSync(namespaceFd)
  }
}

/** Makes the kernel discard all messages but program starts and new processes: exits and threads are far more frequent. */
function attachFilter(fd: number): void {
  // struct sock_filter. A loaded word is big-endian for the filter. Jumps are relative to the next instruction.
  const instructions = [
    [0x20, 0, 0, WHAT_OFFSET],
    [0x15, 5, 0, PROC_EVENT_EXEC << 24],
    [0x15, 0, 5, PROC_EVENT_FORK << 24],
    // A new process has its own thread group.
    [0x20, 0, 0, CHILD_PID_OFFSET],
    [0x07, 0, 0, 0],
    [0x20, 0, 0, CHILD_TGID_OFFSET],
    [0x1d, 0, 1, 0],
    [0x06, 0, 0, 0xffff],
    [0x06, 0, 0, 0],
  ] as const
  const program = new ArrayBuffer(instructions.length * 8)
  const code = Buffer.from(program)
  for (const [index, [operation, whenTrue, whenFalse, value]] of instructions.entries()) {
    code.writeUInt16LE(operation, index * 8)
    code.writeUInt8(whenTrue, index * 8 + 2)
    code.writeUInt8(whenFalse, index * 8 + 3)
    code.writeUInt32LE(value, index * 8 + 4)
  }
  const description = Buffer.alloc(16)
  description.writeUInt16LE(instructions.length, 0)
  description.writeBigUInt64LE(addressOf(program), 8)
  if (call.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, description, description.length) < 0)
    throw new KernelError('the kernel refused the filter of program starts', lastErrno())
}

function setInteger(fd: number, option: number, value: number): void {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  if (call.setsockopt(fd, SOL_SOCKET, option, bytes, bytes.length) < 0) throw new KernelError('setsockopt failed', lastErrno())
}

function listenRequest(): Buffer {
  const request = Buffer.alloc(40)
  request.writeUInt32LE(request.length, 0)
  request.writeUInt16LE(NLMSG_DONE, 4)
  request.writeUInt32LE(CN_IDX_PROC, 16)
  request.writeUInt32LE(CN_VAL_PROC, 20)
  request.writeUInt16LE(4, 32)
  request.writeUInt32LE(PROC_CN_MCAST_LISTEN, 36)
  return request
}
