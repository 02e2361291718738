import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { GuardError, type Logger } from '@guardimesh/kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorName, actorOf } from '../auth/actor.js'
import type { HttpMetrics } from '../metrics/http-metrics.js'
import { responseHeaders } from './security-headers.js'

/** Accepted request ids of clients: characters that are safe in a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/
/** Routes that are polled every few seconds; logged at debug. */
const PROBE_ROUTES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics'])

/** Returns the id of a request: the client's or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

export interface RequestHookOptions {
  readonly log: Logger
  readonly metrics: HttpMetrics
  /** True if the console uses HTTPS. */
  readonly isSecure: boolean
  /** True once the server is shutting down. */
  readonly isClosing: () => boolean
}

/** Adds hooks to all requests: response headers, rejection during shutdown, log line and metrics. */
export function addRequestHooks(server: FastifyInstance, options: RequestHookOptions): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(responseHeaders(request.id, options.isSecure))
    if (!options.isClosing()) return done()
    // Closes the connection, so that the client connects to another server.
    reply.header('connection', 'close')
    done(new GuardError('SHUTTING_DOWN', 'the server is shutting down; retry'))
  })
  server.addHook('onResponse', (request, reply, done) => {
    observe(request, reply, options)
    done()
  })
}

function observe(request: FastifyRequest, reply: FastifyReply, { log, metrics }: RequestHookOptions): void {
  const route = request.routeOptions.url ?? 'none'
  const durationMs = Math.round(reply.elapsedTime * 10) / 10
  const actor = actorOf(request)
  // The duration of a stream is not a response time.
  if (!isStream(reply)) metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  const line = {
    requestId: request.id,
    method: request.method,
    // Without the query, which may contain search terms of users.
    path: request.url.split('?', 1)[0],
    route,
    status: reply.statusCode,
    durationMs,
    ...(actor ? { actor: actorName(actor) } : {}),
  }
  if (PROBE_ROUTES.has(route)) log.debug(line, 'request')
  else log.info(line, 'request')
}

function isStream(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream')
}
