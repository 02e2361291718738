import { statfs } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { MIB_BYTES } from '@guardimesh/contracts'
import { FileStore } from '@tus/file-store'

/** HTTP's word for a full disk. */
const INSUFFICIENT_STORAGE = 507
/** What is left to the server itself: its lists, and the import that is under way. */
const SPARE_BYTES = MIB_BYTES

/** Keeps uploads on the volume, and says so when that is full. What has come stays: the upload goes on when there is room again. */
export class VolumeStore extends FileStore {
  /** @throws an answer for the tus protocol: 507. */
  async requireSpace(sizeBytes: number): Promise<void> {
    const freeBytes = await this.#freeBytes()
    if (freeBytes < sizeBytes + SPARE_BYTES) throw noSpace(freeBytes)
  }

  override async write(readable: Readable, uploadId: string, offset: number): Promise<number> {
    try {
      return await super.write(readable, uploadId, offset)
    } catch (error) {
      // The library tells that it could not write, not why.
      const freeBytes = await this.#freeBytes()
      throw freeBytes < SPARE_BYTES ? noSpace(freeBytes) : error
    }
  }

  async #freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.directory)
    return bavail * bsize
  }
}

/** The answer of the tus protocol for a full disk. Pure. */
export function noSpace(freeBytes: number): Error & { status_code: number; body: string } {
  const body = `The volume is full (${Math.floor(freeBytes / MIB_BYTES)} MiB are free). Remove old files below refused/ or enlarge it, then go on: what has come is kept.\n`
  return Object.assign(new Error(body), { status_code: INSUFFICIENT_STORAGE, body })
}
