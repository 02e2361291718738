import { closeSync } from 'node:fs'
import { addressOf, call, KernelError, kernelPath, lastErrno } from './libc.js'

// sys/socket.h on Linux
const AF_UNIX = 1
const SOCK_STREAM = 1
const SOCK_CLOEXEC = 0o2000000
const SOCK_NONBLOCK = 0o4000
const SOL_SOCKET = 1
const SCM_RIGHTS = 1
const MSG_NOSIGNAL = 0x4000
/** Size of `sun_path` with its terminating zero byte. */
const ADDRESS_PATH_BYTES = 108
/** CMSG_SPACE and CMSG_LEN of one descriptor on 64-bit systems. */
const CONTROL_BYTES = 24
const CONTROL_LENGTH = 20

// struct msghdr, its struct iovec, struct cmsghdr and payload in one buffer, which all messages reuse because sending is synchronous.
const IOVEC_OFFSET = 56
const CONTROL_OFFSET = 72
const PAYLOAD_OFFSET = 96
const MAX_PAYLOAD_BYTES = 32
const memory = new ArrayBuffer(PAYLOAD_OFFSET + MAX_PAYLOAD_BYTES)
const message = Buffer.from(memory)
writeMessageHeader(addressOf(memory))

function writeMessageHeader(address: bigint): void {
  message.writeBigUInt64LE(address + BigInt(IOVEC_OFFSET), 16)
  message.writeBigUInt64LE(1n, 24)
  message.writeBigUInt64LE(address + BigInt(CONTROL_OFFSET), 32)
  message.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40)
  message.writeBigUInt64LE(address + BigInt(PAYLOAD_OFFSET), IOVEC_OFFSET)
  message.writeBigUInt64LE(BigInt(CONTROL_LENGTH), CONTROL_OFFSET)
  message.writeInt32LE(SOL_SOCKET, CONTROL_OFFSET + 8)
  message.writeInt32LE(SCM_RIGHTS, CONTROL_OFFSET + 12)
}

/**
 * Connects to a Unix stream socket.
 *
 * @returns a non-blocking descriptor for `new net.Socket({ fd })`, which then owns it.
 * @throws KernelError ENOENT, ECONNREFUSED; EAGAIN when the peer's queue is full; ENAMETOOLONG.
 */
export function connectUnix(path: string): number {
  const pathBytes = kernelPath(Buffer.from(path))
  if (pathBytes.length > ADDRESS_PATH_BYTES)
    throw new KernelError(`the path of the socket has more than ${ADDRESS_PATH_BYTES - 1} bytes`, 'ENAMETOOLONG')
  const fd = call.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)
  if (fd < 0) throw new KernelError('socket failed', lastErrno())
  const family = Buffer.alloc(2)
  family.writeUInt16LE(AF_UNIX)
  const address = Buffer.concat([family, pathBytes])
  if (call.connect(fd, address, address.length) === 0) return fd
  const errno = lastErrno()
  closeSync(fd)
  throw new KernelError(`connection to ${path} failed`, errno)
}

/**
 * Sends bytes together with an open descriptor (SCM_RIGHTS). The peer receives its own copy; ours stays open.
 *
 * @param payload 1 to 32 bytes; the kernel passes no descriptor without data.
 * @returns the number of sent bytes, the first of which carries the descriptor. Such a short payload is sent completely or not at all.
 * @throws KernelError EAGAIN when the socket's buffer is full (retry after 'drain'), EPIPE, ECONNRESET, EBADF.
 */
export function sendDescriptor(socketFd: number, fd: number, payload: Uint8Array): number {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new KernelError('the payload is too large', 'EMSGSIZE')
  message.set(payload, PAYLOAD_OFFSET)
  message.writeBigUInt64LE(BigInt(payload.length), IOVEC_OFFSET + 8)
  message.writeInt32LE(fd, CONTROL_OFFSET + 16)
  const sent = call.sendmsg(socketFd, message, MSG_NOSIGNAL)
  if (sent < 0) throw new KernelError('sendmsg failed', lastErrno())
  return sent
}
