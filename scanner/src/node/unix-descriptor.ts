import { closeSync } from 'node:fs'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

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
 * @param payload at least one byte: the kernel passes no descriptor without.
 * @returns how many bytes of the payload went; the descriptor went with the first. A few bytes go whole or not at all.
 * @throws KernelError EAGAIN when the peer does not read (wait for the socket's 'drain' or a moment), EPIPE, ECONNRESET, EBADF.
 */
export function sendDescriptor(socketFd: number, fd: number, payload: Uint8Array): number {
  const control = Buffer.alloc(CONTROL_BYTES)
  control.writeBigUInt64LE(BigInt(CONTROL_LENGTH), 0)
  control.writeInt32LE(SOL_SOCKET, 8)
  control.writeInt32LE(SCM_RIGHTS, 12)
  control.writeInt32LE(fd, 16)
  const sent = call.sendmsg(
    socketFd,
    {
      name: null,
      nameBytes: 0,
      parts: [{ data: payload, bytes: payload.length }],
      partCount: 1,
      control,
      controlBytes: CONTROL_BYTES,
      flags: 0,
    },
    MSG_NOSIGNAL,
  )
  if (sent < 0) throw new KernelError('the descriptor was not sent', lastErrno())
  return sent
}
