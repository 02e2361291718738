import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import type { ServerCertificate } from '@guardimesh/kit'

/** 5,000 nodes wait with one connection each; the rest is for downloads, users and probes. */
const MAX_CONNECTIONS = 6500
/** Timeout for clients that neither read nor send. They can resume downloads and uploads later. */
export const IDLE_TIMEOUT_MS = MINUTE_MS
const HEADERS_TIMEOUT_MS = 10 * SECOND_MS
/** Time for downloads in progress when the process stops. */
const GRACE_PERIOD_MS = 5 * SECOND_MS

/** Creates the HTTP or HTTPS server without starting to listen. */
export function createServer(routes: RequestListener, certificate: ServerCertificate | undefined): Server {
  // No request timeout, because uploads may take long; the idle timeout closes stalled connections.
  const limits = { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0 }
  const server = certificate ? createHttpsServer({ ...limits, ...certificate.options }, routes) : createHttpServer(limits, routes)
  if (certificate && 'setSecureContext' in server) certificate.keepCurrent(server)
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(IDLE_TIMEOUT_MS)
  return server
}

/** Closes the server after the grace period for downloads in progress. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_PERIOD_MS)
  await closed
  clearTimeout(timer)
}
