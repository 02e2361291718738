import { call, KernelError, lastErrno } from './libc.js'

/** About 1,000 names per read, so that huge folders are read in small batches. */
const READ_BYTES = 32_768
const out = Buffer.allocUnsafeSlow(READ_BYTES)
// struct linux_dirent64 of getdents(2)
const LENGTH_AT = 16
const NAME_AT = 19

/**
 * Reads the next names in an open folder, in the kernel's order, without "." and "..".
 *
 * @returns names with a trailing zero byte, as expected by `statNamed`; undefined at the end of the folder.
 * @throws KernelError ENOENT when the folder was deleted.
 */
export function readEntryNames(folderFd: number): Buffer[] | undefined {
  const length = call.getdents64(folderFd, out, READ_BYTES)
  if (length < 0) throw new KernelError('getdents64 failed', lastErrno())
  if (length === 0) return undefined
  // Copied, because the next read overwrites the buffer.
  const bytes = Buffer.from(out.subarray(0, length))
  const names: Buffer[] = []
  for (let at = 0; at < length; at += bytes.readUInt16LE(at + LENGTH_AT)) {
    const name = bytes.subarray(at + NAME_AT, bytes.indexOf(0, at + NAME_AT) + 1)
    if (!isDots(name)) names.push(name)
  }
  return names
}

/** True for "." and "..", with a trailing zero byte. */
function isDots(name: Buffer): boolean {
  return name[0] === 0x2e && (name.length === 2 || (name.length === 3 && name[1] === 0x2e))
}
