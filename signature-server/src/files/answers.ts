import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers with text. */
export function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  sendText(response, status, `${JSON.stringify(body)}\n`, type)
}

/** True when the client has what this ETag names. Pure. */
export function isKnown(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match']
  return known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false
}

/** Path and query of a request; what cannot be read as one counts as `/`. */
export function addressOf(request: IncomingMessage): URL {
  const base = 'http://server'
  return URL.parse(request.url ?? '/', base) ?? new URL(base)
}
