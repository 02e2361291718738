import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type Actor, requiredActorOf } from '../auth/actor.js'
import { originOf, type RequestOrigin } from './request-origin.js'

/** Who changes something, and from where. */
export interface ChangedBy {
  readonly actor: Actor
  readonly origin: RequestOrigin
}

/** Who sent a request, and from where; on any route that is not public. */
export function changedBy(request: FastifyRequest): ChangedBy {
  return { actor: requiredActorOf(request), origin: originOf(request) }
}

/** The ChangedBy of the request. */
export const CurrentChange = createParamDecorator(
  (_: unknown, context: ExecutionContext): ChangedBy => changedBy(context.switchToHttp().getRequest<FastifyRequest>()),
)
