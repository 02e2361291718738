import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../auth/actor.js'
import type { AuditActor } from './audit.repository.js'

/** What a server that listens on `::` sees in front of an IPv4 address. */
const MAPPED_IPV4 = /^::ffff:(?=[\d.]+$)/i

/** Where a change came from, for the audit log. */
export interface RequestOrigin {
  readonly clientIp: string
  readonly requestId: string
}

/** Where a request came from. */
export function originOf(request: FastifyRequest): RequestOrigin {
  return { clientIp: request.ip.replace(MAPPED_IPV4, ''), requestId: request.id }
}

/** The RequestOrigin of the request. */
export const CurrentOrigin = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestOrigin => originOf(context.switchToHttp().getRequest<FastifyRequest>()),
)

/** An actor as the audit log names it. Pure. */
export function auditActorOf(actor: Actor): AuditActor {
  return actor.kind === 'account'
    ? { kind: 'account', actorId: actor.account.accountId, name: actor.account.email }
    : { kind: 'api_key', actorId: actor.apiKeyId, name: actor.label }
}

/** The program itself, for changes that nobody asked for. */
export const SYSTEM_ACTOR: AuditActor = { kind: 'system', actorId: '', name: 'guardimesh' }
