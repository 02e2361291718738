import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { ChunkPool } from './chunk-pool.js'

/** Some bytes of a file. */
export interface FilePart {
  readonly handle: FileHandle
  readonly start: number
  readonly lengthBytes: number
}

/**
 * Sends a part of a file as the body of an answer, and ends that. The next chunk is read while the one before is encrypted and sent.
 *
 * @throws Error when the client goes, or the file is shorter than it should be.
 */
export async function sendPart(response: ServerResponse, part: FilePart, pool: ChunkPool): Promise<void> {
  const [one, other] = [pool.take(), pool.take()]
  const closed = new Promise<never>((_resolve, reject) => {
    response.once('close', () => reject(new Error('the client went away')))
  })
  // An answer that has ended is closed as well, when nobody listens here any more.
  closed.catch(() => undefined)
  let written: Promise<void> = Promise.resolve()
  let [now, next] = [one, other]
  for (let sentBytes = 0; sentBytes < part.lengthBytes; ) {
    const bytes = await read(part, sentBytes, now)
    await Promise.race([written, closed])
    sentBytes += bytes.length
    written = write(response, bytes)
    written.catch(() => undefined)
    ;[now, next] = [next, now]
  }
  await Promise.race([written, closed])
  response.end()
  // Not after an error: what is being sent still would be overwritten.
  pool.give(one)
  pool.give(other)
}

async function read({ handle, start, lengthBytes }: FilePart, sentBytes: number, chunk: Buffer): Promise<Buffer> {
  const wantedBytes = Math.min(chunk.length, lengthBytes - sentBytes)
  const { bytesRead } = await handle.read(chunk, 0, wantedBytes, start + sentBytes)
  if (bytesRead === 0) throw new Error('the file is shorter than its generation says')
  return chunk.subarray(0, bytesRead)
}

/** Resolves when the bytes are encrypted and with the kernel. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
