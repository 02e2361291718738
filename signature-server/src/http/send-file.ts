import { open } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { SignatureFile } from '@guardimesh/kit'
import { parseByteRange } from './byte-range.js'

/** A generation never changes. */
const CACHE = 'public, max-age=31536000, immutable'

/** True when the client has what this ETag names. Pure. */
export function isKnown(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match']
  return known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false
}

/** Answers with a file of a generation, the part that is asked for, or 304. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, path: string, file: SignatureFile): Promise<void> {
  const etag = `"${file.sha256}"`
  const common: OutgoingHttpHeaders = { etag, 'accept-ranges': 'bytes', 'cache-control': CACHE }
  if (isKnown(request, etag)) return void response.writeHead(304, common).end()
  const condition = request.headers['if-range']
  const wanted = condition === undefined || condition === etag ? request.headers.range : undefined
  const range = parseByteRange(wanted, file.sizeBytes)
  if (range === 'unsatisfiable') return void response.writeHead(416, { ...common, 'content-range': `bytes */${file.sizeBytes}` }).end()
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 }
  const contentRange = range ? { 'content-range': `bytes ${start}-${end}/${file.sizeBytes}` } : {}
  const lengthBytes = end - start + 1
  // Opened before the answer begins: a generation that was just dropped is a 404.
  await using handle = await open(path, 'r')
  const type = { 'content-type': 'application/octet-stream', 'content-length': lengthBytes }
  response.writeHead(range ? 206 : 200, { ...common, ...type, ...contentRange })
  if (request.method === 'HEAD' || lengthBytes === 0) return void response.end()
  await pipeline(handle.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 }), response)
}
