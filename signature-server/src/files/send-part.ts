import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { ChunkPool } from './chunk-pool.js'

/** A byte range of an open file. */
export interface FilePart {
  readonly handle: FileHandle
  readonly start: number
  readonly lengthBytes: number
}

/**
 * Sends a part of a file as the body of a response and ends the response. Reads the next chunk while the previous one is encrypted and
 * sent.
 *
 * @throws Error when the client disconnects or the file is too short.
 */
export async function sendPart(response: ServerResponse, part: FilePart, pool: ChunkPool): Promise<void> {
  const [one, other] = [pool.acquire(), pool.acquire()]
  const closed = new Promise<never>((_resolve, reject) => {
    response.once('close', () => reject(new Error('client disconnected')))
  })
  // The response also closes after a normal end, when nothing awaits this promise any more.
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
  // Not released after an error: a pending write may still read them.
  pool.release(one)
  pool.release(other)
}

async function read({ handle, start, lengthBytes }: FilePart, sentBytes: number, chunk: Buffer): Promise<Buffer> {
  const wantedBytes = Math.min(chunk.length, lengthBytes - sentBytes)
  const { bytesRead } = await handle.read(chunk, 0, wantedBytes, start + sentBytes)
  if (bytesRead === 0) throw new Error('the file is shorter than stated in the manifest')
  return chunk.subarray(0, bytesRead)
}

/** Resolves when the bytes are encrypted and passed to the kernel. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
