import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { GuardError, type Logger } from '@guardimesh/kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorName, actorOf } from '../auth/actor.js'
import type { HttpMetrics } from '../metrics/http-metrics.js'
import { responseHeaders } from './security-headers.js'

/** A caller may bring its own request id when it cannot break a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/
/** Routes that a machine asks every few seconds; logged at debug. */
const PROBE_ROUTES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics'])

/** Gives a request its id. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

export interface RequestHookOptions {
  readonly log: Logger
  readonly metrics: HttpMetrics
  /** True when the console is reached by HTTPS. */
  readonly isSecure: boolean
  /** True once the server is going away for good. */
  readonly isClosing: () => boolean
}

/** Adds to every request: headers, a refusal while closing, a log line and a measurement. */
export function addRequestHooks(server: FastifyInstance, options: RequestHookOptions): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(responseHeaders(request.id, options.isSecure))
    if (!options.isClosing()) return done()
    // The client's connection is kept alive; it shall find another server.
    reply.header('connection', 'close')
    done(new GuardError('SHUTTING_DOWN', 'this server is stopping; ask again'))
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
  // A stream lasts as long as its page is open, which says nothing about speed.
  if (!isStream(reply)) metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  const line = {
    requestId: request.id,
    method: request.method,
    // Without the query: what a person searched for is nobody's business.
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
