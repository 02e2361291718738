import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type Actor, requiredActorOf } from '../auth/actor.js'
import { originOf, type RequestOrigin } from './request-origin.js'

/** Author and origin of a change. */
export interface ChangedBy {
  readonly actor: Actor
  readonly origin: RequestOrigin
}

/** Returns author and origin of a request to a non-public route. */
export function changedBy(request: FastifyRequest): ChangedBy {
  return { actor: requiredActorOf(request), origin: originOf(request) }
}

/** Injects the ChangedBy of the request. */
export const CurrentChange = createParamDecorator(
  (_: unknown, context: ExecutionContext): ChangedBy => changedBy(context.switchToHttp().getRequest<FastifyRequest>()),
)
