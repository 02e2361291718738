import { closeSync } from 'node:fs'
import { addressOf, call, KernelError, lastErrno } from './libc.js'

// sys/socket.h on Linux
const AF_UNIX = 1
const SOCK_SEQPACKET = 5
const SOCK_CLOEXEC = 0o2000000
const MSG_DONTWAIT = 0x40
const MSG_CMSG_CLOEXEC = 0x40000000
const SOL_SOCKET = 1
const SCM_RIGHTS = 1

// struct msghdr, its struct iovec, struct cmsghdr with one descriptor, and one byte of payload in one buffer.
const IOVEC_OFFSET = 56
const CONTROL_OFFSET = 72
const CONTROL_BYTES = 24
const PAYLOAD_OFFSET = 96
const memory = new ArrayBuffer(PAYLOAD_OFFSET + 8)
const message = Buffer.from(memory)

/** Creates a pair of connected sockets that carry descriptors between this process and a child. The caller closes both. @throws KernelError */
export function createDescriptorChannel(): readonly [parentFd: number, childFd: number] {
  const pair = new Int32Array(2)
  if (call.socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) throw new KernelError('socketpair failed', lastErrno())
  return [pair[0] as number, pair[1] as number]
}

/**
 * Receives the next descriptor that the peer sent with `sendDescriptor`. Does not wait.
 *
 * @returns a descriptor that the caller closes.
 * @throws KernelError EAGAIN when none was sent; EPROTO when the message carries none, for example because this process has too many.
 */
export function receiveDescriptor(socketFd: number): number {
  const address = addressOf(memory)
  message.fill(0)
  message.writeBigUInt64LE(address + BigInt(IOVEC_OFFSET), 16)
  message.writeBigUInt64LE(1n, 24)
  message.writeBigUInt64LE(address + BigInt(CONTROL_OFFSET), 32)
  message.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40)
  message.writeBigUInt64LE(address + BigInt(PAYLOAD_OFFSET), IOVEC_OFFSET)
  message.writeBigUInt64LE(1n, IOVEC_OFFSET + 8)
  if (call.recvmsg(socketFd, message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0) throw new KernelError('recvmsg failed', lastErrno())
  const isDescriptor = message.readInt32LE(CONTROL_OFFSET + 8) === SOL_SOCKET && message.readInt32LE(CONTROL_OFFSET + 12) === SCM_RIGHTS
  if (!isDescriptor) throw new KernelError('the message carries no descriptor', 'EPROTO')
  return message.readInt32LE(CONTROL_OFFSET + 16)
}

/** Discards descriptors that nobody waits for. */
export function drainDescriptors(socketFd: number): void {
  for (;;) {
    try {
      closeSync(receiveDescriptor(socketFd))
    } catch (error) {
      if (error instanceof KernelError) return
      throw error
    }
  }
}
