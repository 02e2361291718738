import { statfs } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { MIB_BYTES } from '@guardimesh/contracts'
import { FileStore } from '@tus/file-store'

/** HTTP status for a full disk. */
const INSUFFICIENT_STORAGE = 507
/** Reserve for the server's own files and the import in progress. */
const SPARE_BYTES = MIB_BYTES

/** Stores uploads on the volume and responds with 507 when it is full. Received data is kept, so that the upload can resume later. */
export class VolumeStore extends FileStore {
  /** @throws a response of the tus protocol with status 507. */
  async requireSpace(sizeBytes: number): Promise<void> {
    const freeBytes = await this.#freeBytes()
    if (freeBytes < sizeBytes + SPARE_BYTES) throw noSpace(freeBytes)
  }

  override async write(readable: Readable, uploadId: string, offset: number): Promise<number> {
    try {
      return await super.write(readable, uploadId, offset)
    } catch (error) {
      // The library's error does not contain the reason.
      const freeBytes = await this.#freeBytes()
      throw freeBytes < SPARE_BYTES ? noSpace(freeBytes) : error
    }
  }

  async #freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.directory)
    return bavail * bsize
  }
}

/** Creates the response of the tus protocol for a full disk. Pure. */
export function noSpace(freeBytes: number): Error & { status_code: number; body: string } {
  const body = `The volume is full (${Math.floor(freeBytes / MIB_BYTES)} MiB free). Remove old files in refused/ or enlarge the volume, then resume: received data is kept.\n`
  return Object.assign(new Error(body), { status_code: INSUFFICIENT_STORAGE, body })
}
