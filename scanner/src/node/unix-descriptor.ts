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
/** `sun_path` with its closing zero byte. */
const ADDRESS_PATH_BYTES = 108
/** CMSG_SPACE and CMSG_LEN of one descriptor on a 64-bit machine. */
const CONTROL_BYTES = 24
const CONTROL_LENGTH = 20

// struct msghdr, its struct iovec, struct cmsghdr and payload, in one piece of memory that all messages use: they are sent one after the other.
const PART_OFFSET = 56
const CONTROL_OFFSET = 72
const PAYLOAD_OFFSET = 96
const PAYLOAD_MAX_BYTES = 32
const memory = new ArrayBuffer(PAYLOAD_OFFSET + PAYLOAD_MAX_BYTES)
const message = Buffer.from(memory)
writeMessageHeader(addressOf(memory))

function writeMessageHeader(address: bigint): void {
  message.writeBigUInt64LE(address + BigInt(PART_OFFSET), 16)
  message.writeBigUInt64LE(1n, 24)
  message.writeBigUInt64LE(address + BigInt(CONTROL_OFFSET), 32)
  message.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40)
  message.writeBigUInt64LE(address + BigInt(PAYLOAD_OFFSET), PART_OFFSET)
  message.writeBigUInt64LE(BigInt(CONTROL_LENGTH), CONTROL_OFFSET)
  message.writeInt32LE(SOL_SOCKET, CONTROL_OFFSET + 8)
  message.writeInt32LE(SCM_RIGHTS, CONTROL_OFFSET + 12)
}

/**
 * Connects to a Unix stream socket.
 *
 * @returns a descriptor that does not block, ready for `new net.Socket({ fd })`, which then owns it.
 * @throws KernelError ENOENT, ECONNREFUSED; EAGAIN when the peer's queue is full; ENAMETOOLONG.
 */
export function connectUnix(path: string): number {
  const pathBytes = kernelPath(Buffer.from(path))
  if (pathBytes.length > ADDRESS_PATH_BYTES)
    throw new KernelError(`the socket's path has more than ${ADDRESS_PATH_BYTES - 1} bytes`, 'ENAMETOOLONG')
  const fd = call.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)
  if (fd < 0) throw new KernelError('no socket', lastErrno())
  const family = Buffer.alloc(2)
  family.writeUInt16LE(AF_UNIX)
  const address = Buffer.concat([family, pathBytes])
  if (call.connect(fd, address, address.length) === 0) return fd
  const errno = lastErrno()
  closeSync(fd)
  throw new KernelError(`no connection to ${path}`, errno)
}

/**
 * Sends bytes with an open descriptor beside them (SCM_RIGHTS). The peer gets its own copy; ours stays open.
 *
 * @param payload 1 to 32 bytes: the kernel passes no descriptor without one.
 * @returns how many bytes of the payload went; the descriptor went with the first. A few bytes go whole or not at all.
 * @throws KernelError EAGAIN when the peer does not read (wait for the socket's 'drain' or a moment), EPIPE, ECONNRESET, EBADF.
 */
export function sendDescriptor(socketFd: number, fd: number, payload: Uint8Array): number {
  if (payload.length > PAYLOAD_MAX_BYTES) throw new KernelError('the payload is too long', 'EMSGSIZE')
  message.set(payload, PAYLOAD_OFFSET)
  message.writeBigUInt64LE(BigInt(payload.length), PART_OFFSET + 8)
  message.writeInt32LE(fd, CONTROL_OFFSET + 16)
  const sent = call.sendmsg(socketFd, message, MSG_NOSIGNAL)
  if (sent < 0) throw new KernelError('the descriptor was not sent', lastErrno())
  return sent
}
