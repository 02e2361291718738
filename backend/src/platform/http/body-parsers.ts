import type { IncomingMessage } from 'node:http'
import { INGEST_LIMITS, KIB_BYTES, MIB_BYTES, PROTOBUF_MEDIA_TYPE, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf } from '../auth/actor.js'
import { credentialsOf } from '../auth/credentials.js'
import { ByteBudget } from '../protobuf/byte-budget.js'
import { CONNECTIONS_MAX } from './connections.js'
import { readBody } from './read-body.js'
import { UPLOAD_MEDIA_TYPE } from './route-body.js'

/** The largest JSON body is a scan configuration that skips 500 namespaces: about 35 KB. */
export const JSON_BODY_MAX_BYTES = 256 * KIB_BYTES
/** Only login and invitations accept a body without credentials: an email address or a token, and a password. */
const PUBLIC_BODY_MAX_BYTES = 4 * KIB_BYTES
/** Time to receive a JSON body; large ones have the request timeout of the server. */
const JSON_TIMEOUT_MS = 10 * SECOND_MS
/**
 * Memory limits of all bodies of one kind in transfer. Half-sent logins have a budget of their own, which fits one for each connection, so that
 * they cannot keep others from logging in.
 */
const PUBLIC_BUDGET_BYTES = CONNECTIONS_MAX * PUBLIC_BODY_MAX_BYTES
const JSON_BUDGET_BYTES = 32 * MIB_BYTES
const LARGE_JSON_BUDGET_BYTES = 64 * MIB_BYTES
const PROTOBUF_BUDGET_BYTES = 64 * MIB_BYTES

/**
 * Registers the parsers of bodies: JSON (with Fastify's parser, which rejects `__proto__`), protobuf (passed on as a compressed Buffer) and
 * upload chunks (passed on as a stream to routes with StreamedBody). The access hook has checked the request before.
 * Other media types are rejected, so a form of another site cannot send a body.
 */
export function setBodyParsers(server: FastifyInstance): void {
  const budgets = {
    public: new ByteBudget(PUBLIC_BUDGET_BYTES),
    json: new ByteBudget(JSON_BUDGET_BYTES),
    largeJson: new ByteBudget(LARGE_JSON_BUDGET_BYTES),
    protobuf: new ByteBudget(PROTOBUF_BUDGET_BYTES),
  }
  const parseJson = server.getDefaultJsonParser('error', 'error')
  const readJson = (request: FastifyRequest, payload: IncomingMessage) => {
    if (!actorOf(request)) return readBody(payload, { maxBytes: PUBLIC_BODY_MAX_BYTES, budget: budgets.public, timeoutMs: JSON_TIMEOUT_MS })
    const { largeJsonBytes } = request.routeOptions.config
    if (largeJsonBytes !== undefined) return readBody(payload, { maxBytes: largeJsonBytes, budget: budgets.largeJson })
    return readBody(payload, { maxBytes: JSON_BODY_MAX_BYTES, budget: budgets.json, timeoutMs: JSON_TIMEOUT_MS })
  }
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', (request, payload, done) => {
    const parse = (body: Buffer) => parseJson(request, body.toString('utf8'), done)
    readJson(request, payload).then(parse).catch(done)
  })
  server.addContentTypeParser(PROTOBUF_MEDIA_TYPE, async (request: FastifyRequest, payload: IncomingMessage) => {
    if (!actorOf(request)) throw notProtobuf(request)
    return readBody(payload, { maxBytes: INGEST_LIMITS.compressedBodyBytes, budget: budgets.protobuf })
  })
  server.addContentTypeParser(UPLOAD_MEDIA_TYPE, (request, payload, done) => {
    if (request.routeOptions.config.isStreamed) return done(null, payload)
    done(new GuardError('MEDIA_TYPE_UNSUPPORTED', 'upload chunks are accepted below /api/signatures/uploads only'))
  })
}

/** Returns the error for a protobuf body on a public route; the body is not read. */
function notProtobuf(request: FastifyRequest): GuardError {
  return credentialsOf(request).kind === 'none'
    ? new GuardError('UNAUTHENTICATED', 'API key missing; send Authorization: Bearer <key>')
    : new GuardError('MEDIA_TYPE_UNSUPPORTED', 'this route accepts no protobuf body')
}
