import type { IncomingMessage } from 'node:http'
import { INGEST_LIMITS, MIB_BYTES, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.js'
import { credentialsOf } from '../auth/credentials.js'
import { ByteBudget } from '../protobuf/byte-budget.js'
import { readBody } from './read-body.js'
import { UPLOAD_MEDIA_TYPE } from './route-body.js'

/** The largest JSON body is a scan configuration that skips 500 namespaces: about 35 KB. */
export const JSON_BODY_MAX_BYTES = 256 * 1024
/** Memory limits of all bodies of one kind in transfer: a client may take a minute per body, and the login accepts JSON from anyone. */
const JSON_BUDGET_BYTES = 32 * MIB_BYTES
const LARGE_JSON_BUDGET_BYTES = 64 * MIB_BYTES
const PROTOBUF_BUDGET_BYTES = 64 * MIB_BYTES

/**
 * Registers the parsers of bodies: JSON (with Fastify's parser, which rejects `__proto__`), protobuf (passed on as a compressed Buffer) and
 * upload chunks (passed on as a stream to routes with StreamedBody). Protobuf and large JSON require valid credentials before the body is read.
 * Other media types are rejected, so a form of another site cannot send a body.
 */
export function setBodyParsers(server: FastifyInstance, authenticator: Authenticator): void {
  const budgets = { json: new ByteBudget(JSON_BUDGET_BYTES), largeJson: new ByteBudget(LARGE_JSON_BUDGET_BYTES) }
  const protobufBudget = new ByteBudget(PROTOBUF_BUDGET_BYTES)
  const parseJson = server.getDefaultJsonParser('error', 'error')
  const readJson = async (request: FastifyRequest, payload: IncomingMessage) => {
    const { largeJsonBytes } = request.routeOptions.config
    if (largeJsonBytes === undefined) return readBody(payload, JSON_BODY_MAX_BYTES, budgets.json)
    await identify(request, authenticator)
    return readBody(payload, largeJsonBytes, budgets.largeJson)
  }
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', (request, payload, done) => {
    const parse = (body: Buffer) => parseJson(request, body.toString('utf8'), done)
    readJson(request, payload).then(parse).catch(done)
  })
  server.addContentTypeParser(PROTOBUF_MEDIA_TYPE, async (request: FastifyRequest, payload: IncomingMessage) => {
    await identify(request, authenticator)
    return readBody(payload, INGEST_LIMITS.compressedBodyBytes, protobufBudget)
  })
  server.addContentTypeParser(UPLOAD_MEDIA_TYPE, (request, payload, done) => {
    if (request.routeOptions.config.isStreamed) return done(null, payload)
    done(new GuardError('MEDIA_TYPE_UNSUPPORTED', 'upload chunks are accepted below /api/signatures/uploads only'))
  })
}

/** @throws GuardError UNAUTHENTICATED or an error of the Authenticator. */
async function identify(request: FastifyRequest, authenticator: Authenticator): Promise<void> {
  const credentials = credentialsOf(request)
  if (credentials.kind === 'none') throw new GuardError('UNAUTHENTICATED', 'not authenticated; log in or send Authorization: Bearer <key>')
  await authenticator.identify(credentials)
}
