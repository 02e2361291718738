import { open } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { SECOND_MS } from '@guardimesh/contracts'
import { parseByteRange } from './byte-range.js'
import type { ChunkPool } from './chunk-pool.js'
import { matchesEtag } from './responses.js'
import { sendPart } from './send-part.js'

/** A file to send. Its content is immutable and identified by its SHA-256. */
export interface ServedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Undefined: `Last-Modified` is not sent, and `If-Modified-Since` is ignored. */
  readonly modifiedAt?: Date | undefined
  readonly cacheControl: string
}

/** Sends a file, the requested range of it, or 304. @throws ENOENT when it no longer exists. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, file: ServedFile, pool: ChunkPool): Promise<void> {
  const common = commonHeaders(file)
  if (isUnchanged(request, file)) return void response.writeHead(304, common).end()
  const range = parseByteRange(matchesIfRange(request.headers['if-range'], file) ? request.headers.range : undefined, file.sizeBytes)
  if (range === 'unsatisfiable') return void response.writeHead(416, { ...common, 'content-range': `bytes */${file.sizeBytes}` }).end()
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 }
  const contentRange = range ? { 'content-range': `bytes ${start}-${end}/${file.sizeBytes}` } : {}
  const lengthBytes = end - start + 1
  // Opened before the headers are sent, so that a removed generation results in a 404.
  await using handle = await open(file.path, 'r')
  const type = { 'content-type': 'application/octet-stream', 'content-length': lengthBytes }
  response.writeHead(range ? 206 : 200, { ...common, ...type, ...contentRange })
  if (request.method === 'HEAD' || lengthBytes === 0) return void response.end()
  await sendPart(response, { handle, start, lengthBytes }, pool)
}

function commonHeaders({ sha256, modifiedAt, cacheControl }: ServedFile): OutgoingHttpHeaders {
  const modified = modifiedAt ? { 'last-modified': modifiedAt.toUTCString() } : {}
  return { etag: etagOf(sha256), 'accept-ranges': 'bytes', 'cache-control': cacheControl, ...modified }
}

/** True when the client has this content: by ETag, or by time if it sent none (RFC 9110 13.2.2). */
function isUnchanged(request: IncomingMessage, { sha256, modifiedAt }: ServedFile): boolean {
  if (request.headers['if-none-match'] !== undefined) return matchesEtag(request, etagOf(sha256))
  const sinceMs = Date.parse(request.headers['if-modified-since'] ?? '')
  return modifiedAt !== undefined && truncateToSeconds(modifiedAt) <= sinceMs
}

/** True when the If-Range condition holds for this content (RFC 9110 13.1.5). */
function matchesIfRange(condition: string | string[] | undefined, { sha256, modifiedAt }: ServedFile): boolean {
  if (condition === undefined || condition === etagOf(sha256)) return true
  return modifiedAt !== undefined && typeof condition === 'string' && truncateToSeconds(modifiedAt) === Date.parse(condition)
}

function etagOf(sha256: string): string {
  return `"${sha256}"`
}

/** Truncates to the resolution of HTTP dates. */
function truncateToSeconds(at: Date): number {
  return Math.floor(at.getTime() / SECOND_MS) * SECOND_MS
}
