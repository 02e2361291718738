import { call, lastErrno } from './libc.js'

// linux/fcntl.h
const F_SETSIG = 10
const F_SETLEASE = 1024
const F_RDLCK = 0
const F_UNLCK = 2
/** Ignored by every process that does not ask for it. The default, SIGIO, would end this one. */
const SIGURG = 23

/**
 * True when somebody has the file open for writing or mapped to write. Through a mapping a content changes again and again without another time of
 * change, so nothing that was learned of such a file may be kept.
 *
 * The kernel tells by granting a read lease or not (fcntl(2)); it is given back at once. Where it grants none at all (network file systems, no
 * CAP_LEASE) the answer is false.
 *
 * @param fd open for reading only.
 */
export function hasWriters(fd: number): boolean {
  call.fcntl(fd, F_SETSIG, SIGURG)
  if (call.fcntl(fd, F_SETLEASE, F_RDLCK) < 0) return lastErrno() === 'EAGAIN'
  call.fcntl(fd, F_SETLEASE, F_UNLCK)
  return false
}
