import type { IncomingMessage, ServerResponse } from 'node:http'

/** Sends a text response. */
export function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

/** Sends a JSON response. */
export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  sendText(response, status, `${JSON.stringify(body)}\n`, type)
}

/** True when If-None-Match contains this ETag. Pure. */
export function matchesEtag(request: IncomingMessage, etag: string): boolean {
  const header = request.headers['if-none-match']
  return header?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false
}

/** Parses path and query of a request; an invalid URL counts as `/`. */
export function requestUrl(request: IncomingMessage): URL {
  const base = 'http://server'
  return URL.parse(request.url ?? '/', base) ?? new URL(base)
}
