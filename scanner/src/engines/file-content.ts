import { read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import type { OpenedFile } from '../node/file-identity.js'

const readAt = promisify(read)

/**
 * Bytes at a file's start that determine its format and whether obfuscation rules apply. Large enough that padding does not hide a script, and
 * for the superblock of btrfs at 64 KiB, the most distant magic number.
 */
export const HEAD_BYTES = 68 * KIB_BYTES

/**
 * Reads the beginning of an open file, up to HEAD_BYTES.
 *
 * @param isInMemory the content is in the page cache, so that it is read without a thread, which would wait for its turn on a busy node.
 * @throws the system's error.
 */
export async function readHead({ fd, sizeBytes }: OpenedFile, isInMemory = false): Promise<Buffer> {
  const headBytes = Math.min(sizeBytes, HEAD_BYTES)
  if (!isInMemory) return readRange(fd, 0, headBytes)
  const bytes = Buffer.allocUnsafe(headBytes)
  return bytes.subarray(0, readSync(fd, bytes, 0, headBytes, 0))
}

/**
 * Reads a part of an open file; shorter at its end. Uses positional reads, because the descriptor's offset is shared with clamd.
 *
 * @throws the system's error.
 */
export async function readRange(fd: number, position: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes)
  let filled = 0
  while (filled < sizeBytes) {
    const { bytesRead } = await readAt(fd, bytes, filled, sizeBytes - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
