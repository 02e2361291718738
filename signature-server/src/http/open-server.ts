import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import type { ServerCertificate } from '@guardimesh/kit'

/** 5,000 nodes wait for news with one connection each; downloads, people and probes come beside them. */
const MAX_CONNECTIONS = 6500
/** A client that takes or sends nothing for so long is gone; its download or upload goes on when it comes again. */
export const SILENCE_MS = MINUTE_MS
const HEADERS_MS = 10 * SECOND_MS
/** For downloads under way when the process stops. */
const GRACE_MS = 5 * SECOND_MS
/** A server for many clients that wait. It is not listening yet. */
export function openServer(routes: RequestListener, certificate: ServerCertificate | undefined): Server {
  // An upload takes as long as it takes; who falls silent is cut off.
  const limits = { headersTimeout: HEADERS_MS, requestTimeout: 0 }
  const server = certificate ? createHttpsServer({ ...limits, ...certificate.options }, routes) : createHttpServer(limits, routes)
  if (certificate && 'setSecureContext' in server) certificate.keepCurrent(server)
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(SILENCE_MS)
  return server
}

/** Lets downloads under way come to their end, for a while. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(timer)
}
