import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../auth/actor.js'
import { clientIpOf } from '../auth/client-ip.js'
import type { AuditActor } from './audit.repository.js'

/** Origin of a change, for the audit log. */
export interface RequestOrigin {
  readonly clientIp: string
  readonly requestId: string
}

/** Returns the origin of a request. */
export function originOf(request: FastifyRequest): RequestOrigin {
  return { clientIp: clientIpOf(request), requestId: request.id }
}

/** Injects the RequestOrigin of the request. */
export const CurrentOrigin = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestOrigin => originOf(context.switchToHttp().getRequest<FastifyRequest>()),
)

/** Converts an actor to its form in the audit log. Pure. */
export function auditActorOf(actor: Actor): AuditActor {
  return actor.kind === 'account'
    ? { kind: 'account', actorId: actor.account.accountId, name: actor.account.email }
    : { kind: 'api_key', actorId: actor.apiKeyId, name: actor.label }
}

/** Author of automatic changes. */
export const SYSTEM_ACTOR: AuditActor = { kind: 'system', actorId: '', name: 'guardimesh' }

/** Author of a login that failed: the account may not exist, and the client may not be its owner. */
export function anonymousActor(name: string): AuditActor {
  return { kind: 'anonymous', actorId: '', name }
}
