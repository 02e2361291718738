import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, call, KernelError, lastErrno } from './libc.js'
import { readLink } from './proc-files.js'

// linux/netlink.h, linux/connector.h, linux/cn_proc.h, linux/filter.h
const AF_NETLINK = 16
const SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0o2000000 | 0o4000
const NETLINK_CONNECTOR = 11
const CN_IDX_PROC = 1
const CN_VAL_PROC = 1
const PROC_CN_MCAST_LISTEN = 1
const PROC_EVENT_EXEC = 2
const NLMSG_DONE = 3
const SOL_SOCKET = 1
const SO_ATTACH_FILTER = 26
const SO_RCVBUFFORCE = 33
const CLONE_NEWNET = 0x4000_0000
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
/** Offsets in a message: `nlmsghdr`, `cn_msg`, then `proc_event` with its union at 52. */
const WHAT_OFFSET = 36
const PID_OFFSET = 56

/**
 * Opens a socket that receives a message for every program start of the node. The thread moves to the node's network namespace, the only one
 * that has this connector.
 *
 * @throws KernelError EPERM without CAP_NET_ADMIN or in a nested user or PID namespace; ECONNREFUSED when the kernel has no process connector.
 */
export function openProcConnector(procFolder: string): number {
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

/** Returns the process of a program start; undefined for other messages. Pure. */
export function decodeExec(message: Buffer): number | undefined {
  if (message.length < PID_OFFSET + 4 || message.readUInt32LE(WHAT_OFFSET) !== PROC_EVENT_EXEC) return undefined
  return message.readUInt32LE(PID_OFFSET)
}

function enterNetwork(procFolder: string): void {
  const link = join(procFolder, '1/ns/net')
  if (readLink('/proc/self/ns/net')?.equals(readLink(link) ?? Buffer.alloc(0))) return
  const namespaceFd = openSync(link, constants.O_RDONLY)
  try {
    if (call.setns(namespaceFd, CLONE_NEWNET) < 0) throw new KernelError("failed to enter the node's network namespace", lastErrno())
  } finally {
    closeSync(namespaceFd)
  }
}

/** Makes the kernel discard all messages but program starts: forks, exits and renamed threads are far more frequent. */
function attachFilter(fd: number): void {
  // struct sock_filter: load the word `what`, which is big-endian for the filter; accept when equal; else discard.
  const program = new ArrayBuffer(4 * 8)
  const code = Buffer.from(program)
  const instructions = [
    [0x20, 0, 0, WHAT_OFFSET],
    [0x15, 0, 1, PROC_EVENT_EXEC << 24],
    [0x06, 0, 0, 0xffff],
    [0x06, 0, 0, 0],
  ] as const
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
