import type { IncomingMessage } from 'node:http'
import { INGEST_LIMITS, MIB_BYTES, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.js'
import { credentialsOf } from '../auth/credentials.js'
import { ByteBudget } from '../protobuf/byte-budget.js'
import { readBody } from './read-body.js'

/** The largest JSON body is a scan configuration that skips 500 namespaces: about 35 KB. */
export const JSON_BODY_MAX_BYTES = 256 * 1024
/** What all bodies of one kind that are still arriving may hold: a client may take a minute for one, and anybody may send JSON (the login). */
const JSON_BUDGET_BYTES = 32 * MIB_BYTES
const PROTOBUF_BUDGET_BYTES = 64 * MIB_BYTES

/**
 * Bodies are JSON (read by Fastify's own parser, which refuses `__proto__`) or protobuf (given as a Buffer, still compressed; only from who has
 * valid credentials, before a byte of it is read). Nothing else is read: a form of another site cannot send these two.
 */
export function setBodyParsers(server: FastifyInstance, authenticator: Authenticator): void {
  const jsonBudget = new ByteBudget(JSON_BUDGET_BYTES)
  const protobufBudget = new ByteBudget(PROTOBUF_BUDGET_BYTES)
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', (request, payload, done) => {
    const parse = (body: Buffer) => parseJson(request, body.toString('utf8'), done)
    readBody(payload, JSON_BODY_MAX_BYTES, jsonBudget).then(parse).catch(done)
  })
  server.addContentTypeParser(PROTOBUF_MEDIA_TYPE, async (request: FastifyRequest, payload: IncomingMessage) => {
    const credentials = credentialsOf(request)
    if (credentials.kind === 'none') throw new GuardError('UNAUTHENTICATED', 'send an API key: Authorization: Bearer <key>')
    await authenticator.identify(credentials)
    return readBody(payload, INGEST_LIMITS.compressedBodyBytes, protobufBudget)
  })
}
