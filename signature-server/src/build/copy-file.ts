import { createHash } from 'node:crypto'
import { constants, type FileHandle, open } from 'node:fs/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { CONTAINER_HEADER_BYTES, SIGNATURE_FILE_MODE } from '@guardimesh/signature-format'

const CHUNK_BYTES = MIB_BYTES

/** Size and digests of a copied file. */
export interface CopiedFile {
  readonly sizeBytes: number
  readonly sha256: string
  /** MD5 of everything after the header of a ClamAV container. */
  readonly md5AfterHeader: string
}

/**
 * Copies a file and computes its digests in the same pass. Does not follow links.
 *
 * @param maxBytes limit after which copying stops; `sizeBytes` is then larger than the limit.
 */
export async function copyWithChecksums(source: string, target: string, maxBytes: number, signal: AbortSignal): Promise<CopiedFile> {
  await using input = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  await using output = await open(target, 'wx', SIGNATURE_FILE_MODE)
  const [sha256, md5] = [createHash('sha256'), createHash('md5')]
  let sizeBytes = 0
  for await (const chunk of chunksOf(input)) {
    signal.throwIfAborted()
    await output.writeFile(chunk)
    sha256.update(chunk)
    md5.update(chunk.subarray(Math.max(0, CONTAINER_HEADER_BYTES - sizeBytes)))
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) break
  }
  await output.chmod(SIGNATURE_FILE_MODE)
  await output.sync()
  return { sizeBytes, sha256: sha256.digest('hex'), md5AfterHeader: md5.digest('hex') }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.allocUnsafe(CHUNK_BYTES) })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
