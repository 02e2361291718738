import { call, lastErrno } from './libc.js'

// linux/fcntl.h
const F_SETSIG = 10
const F_SETLEASE = 1024
const F_RDLCK = 0
const F_UNLCK = 2
/** Ignored by default, unlike SIGIO, which would end the process. */
const SIGURG = 23

/**
 * True when the file is open or mapped for writing. A mapping can change the content without changing the ctime, so results for such a file must
 * not be cached.
 *
 * Checks whether the kernel grants a read lease (fcntl(2)), and releases it immediately. Returns false where leases are not available (network
 * file systems, no CAP_LEASE).
 *
 * @param fd must be open for reading only.
 */
export function hasWriters(fd: number): boolean {
  call.fcntl(fd, F_SETSIG, SIGURG)
  if (call.fcntl(fd, F_SETLEASE, F_RDLCK) < 0) return lastErrno() === 'EAGAIN'
  call.fcntl(fd, F_SETLEASE, F_UNLCK)
  return false
}
