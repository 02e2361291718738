import { GuardError, type PeerCheck } from '@guardimesh/kit'
import { call, KernelError, lastErrno } from './libc.js'

// sys/socket.h on Linux
const SOL_SOCKET = 1
const SO_PEERCRED = 17
/** struct ucred: process, user and group id, 4 bytes each. */
const CREDENTIALS_BYTES = 12
const UID_OFFSET = 4

/**
 * Returns the user id that the process at the other end of a Unix socket had when it connected or listened.
 *
 * @throws KernelError ENOTSOCK, EBADF.
 */
export function peerUid(socketFd: number): number {
  const credentials = Buffer.alloc(CREDENTIALS_BYTES)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(CREDENTIALS_BYTES)
  if (call.getsockopt(socketFd, SOL_SOCKET, SO_PEERCRED, credentials, length) !== 0) throw new KernelError('getsockopt failed', lastErrno())
  return credentials.readUInt32LE(UID_OFFSET)
}

/** Accepts only peers that run as this user. */
export function requirePeerUid(uid: number): PeerCheck {
  return (socketFd) => {
    const actual = peerUid(socketFd)
    if (actual !== uid)
      throw new GuardError('PEER_DISCONNECTED', `peer rejected: it runs as user ${actual} instead of ${uid}`, { uid: actual })
  }
}

/** Accepts only peers that run as the user of this process. */
export const requireOwnUid = (): PeerCheck => requirePeerUid(process.getuid?.() ?? 0)
