import type { FileIdentity } from './file-identity.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

export type FileKind = 'regular' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device' | 'unknown'

/** Metadata of a file. */
export interface FileStat {
  readonly kind: FileKind
  readonly identity: FileIdentity
  /** Id of the mount that was used to open it; 0 on kernels before 5.8. */
  readonly mountId: number
  /** Number of hard links; 0 when the file is deleted. */
  readonly linkCount: number
  readonly uid: number
  readonly gid: number
  /** st_mode, type and permission bits. */
  readonly mode: number
  /** Number of a device node (`st_rdev`); 0:0 for a whiteout of overlayfs. */
  readonly deviceNumber: bigint
  /** Unix time in milliseconds. */
  readonly modifiedAtMs: number
  /** Unix time in milliseconds. */
  readonly changedAtMs: number
}

// linux/stat.h, linux/fcntl.h
const STATX_BASIC_STATS = 0x7ff
const STATX_MNT_ID = 0x1000
const AT_EMPTY_PATH = 0x1000
const AT_SYMLINK_NOFOLLOW = 0x100
/** Returns what the kernel knows instead of asking a server, which may not answer. */
const AT_STATX_DONT_SYNC = 0x4000
const STATX_BYTES = 256
const EMPTY_PATH = Buffer.of(0)

// One buffer for all calls, which are synchronous: each result is copied before the next call.
const memory = new ArrayBuffer(STATX_BYTES)
const out = new Uint8Array(memory)
const words = new Uint32Array(memory)
const longs = new BigUint64Array(memory)
const signedLongs = new BigInt64Array(memory)

/** Reads the metadata of an open descriptor, including O_PATH descriptors. @throws KernelError */
export function statOpened(fd: number): FileStat {
  if (call.statx(fd, EMPTY_PATH, AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS | STATX_MNT_ID, out) < 0)
    throw new KernelError('statx of the descriptor failed', lastErrno())
  return decodeStatx()
}

/**
 * Reads the metadata of an entry of an open folder, without following links.
 *
 * @param name one name, no slash.
 * @throws KernelError ENOENT and so on; EINVAL for a name with a slash, or "..".
 */
export function statEntry(folderFd: number, name: Uint8Array): FileStat {
  if (name.includes(0x2f) || Buffer.from('..').equals(name))
    throw new KernelError('the name of an entry contains a slash or is ".."', 'EINVAL')
  return statNamed(folderFd, kernelPath(name))
}

/** Like `statEntry`, for a name from the kernel that ends with a zero byte. */
export function statNamed(folderFd: number, closedName: Uint8Array): FileStat {
  if (call.statx(folderFd, closedName, AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC, STATX_BASIC_STATS | STATX_MNT_ID, out) < 0)
    throw new KernelError('statx of the entry failed', lastErrno())
  return decodeStatx()
}

/** Decodes `struct statx` of linux/stat.h; the comments are the offsets in bytes. */
function decodeStatx(): FileStat {
  const mode = word(7) & 0xffff // 28
  return {
    kind: kindOf(mode),
    identity: {
      device: deviceNumber(word(34), word(35)), // 136, 140
      inode: longs[4] as bigint, // 32
      changedAtNs: (signedLongs[12] as bigint) * 1_000_000_000n + BigInt(word(26)), // 96, 104
      sizeBytes: longs[5] as bigint, // 40
    },
    mountId: (word(0) & STATX_MNT_ID) === 0 ? 0 : Number(longs[18]), // 0, 144
    linkCount: word(4), // 16
    uid: word(5), // 20
    gid: word(6), // 24
    mode,
    deviceNumber: deviceNumber(word(32), word(33)), // 128, 132
    modifiedAtMs: timeMs(14), // 112
    changedAtMs: timeMs(12), // 96
  }
}

function word(index: number): number {
  return words[index] as number
}

/** Decodes `struct statx_timestamp` at an index in units of 8 bytes. */
function timeMs(index: number): number {
  return Number(signedLongs[index]) * 1000 + Math.floor(word(2 * index + 2) / 1_000_000)
}

/** Returns the device number as `fstat` does (`makedev` of glibc). */
export function deviceNumber(major: number, minor: number): bigint {
  // Fast path for nearly all devices; other numbers need more than 32 bits.
  if (major <= 0xfff && minor <= 0xff) return BigInt((major << 8) | minor)
  const [high, low] = [BigInt(major), BigInt(minor)]
  return ((high & 0xffff_f000n) << 32n) | ((high & 0xfffn) << 8n) | ((low & 0xffff_ff00n) << 12n) | (low & 0xffn)
}

/** The type bits of st_mode (inode(7)). */
const KINDS: ReadonlyMap<number, FileKind> = new Map([
  [0o100000, 'regular'],
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
  [0o010000, 'fifo'],
  [0o140000, 'socket'],
  [0o020000, 'character-device'],
  [0o060000, 'block-device'],
])

function kindOf(mode: number): FileKind {
  return KINDS.get(mode & 0o170000) ?? 'unknown'
}
