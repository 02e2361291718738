import { Readable } from 'node:stream'

export interface ReadBoundedOptions {
  /** Name of the body in the error message. Default: "the body". */
  readonly name?: string
  /** Called with the bytes received so far after each chunk within the bound; an error ends the reading. */
  readonly onProgress?: (sizeBytes: number) => void
  /**
   * What happens to the rest of a Node stream that exceeds the bound or fails in `onProgress`. `destroy` (the default) closes its
   * connection; `drain` discards the rest, so that a server can still send its response: the request timeout of the server bounds it.
   */
  readonly onExceeded?: 'destroy' | 'drain'
}

/** A body exceeds the maximum size. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
  readonly maxBytes: number

  constructor(name: string, maxBytes: number) {
    super(`${name} is larger than ${maxBytes} bytes`)
    this.maxBytes = maxBytes
  }
}

/**
 * Reads a body to its end, counting bytes. Accepts HTTP messages, other Node streams without an encoding, and web streams. A message whose
 * content-length exceeds the bound is rejected before reading starts.
 *
 * @throws BodyTooLargeError for more than `maxBytes`; otherwise the error of the stream or of `onProgress`.
 */
export async function readBounded(
  body: AsyncIterable<Uint8Array> | Readable,
  maxBytes: number,
  options: ReadBoundedOptions = {},
): Promise<Buffer> {
  const { name = 'the body', onProgress, onExceeded = 'destroy' } = options
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  try {
    if (declaredBytes(body) > maxBytes) throw new BodyTooLargeError(name, maxBytes)
    for await (const chunk of chunksOf(body)) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) throw new BodyTooLargeError(name, maxBytes)
      onProgress?.(sizeBytes)
      chunks.push(chunk)
    }
  } catch (error) {
    if (body instanceof Readable) {
      // No effect on a stream that failed: it is already destroyed.
      if (onExceeded === 'drain') body.resume()
      else body.destroy()
    }
    throw error
  }
  return Buffer.concat(chunks)
}

/** Iterates over a Node stream without destroying it when reading ends early; `readBounded` decides that. */
function chunksOf(body: AsyncIterable<Uint8Array> | Readable): AsyncIterable<Uint8Array> {
  return body instanceof Readable ? (body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) : body
}

/** Returns the content-length of an HTTP message; 0 if the header is missing. */
function declaredBytes(body: object): number {
  if (!('headers' in body) || typeof body.headers !== 'object' || body.headers === null) return 0
  return 'content-length' in body.headers ? Number(body.headers['content-length']) : 0
}
