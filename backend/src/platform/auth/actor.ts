import type { AccountView, ApiKeyScope } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'

/** A user with a session. */
export interface AccountActor {
  readonly kind: 'account'
  readonly account: AccountView
  /** SHA-256 of the session token, hexadecimal; the key of the session in the database. */
  readonly sessionHash: string
  readonly expiresAt: Date
  readonly lastSeenAt: Date
}

/** A client with an API key. */
export interface ApiKeyActor {
  readonly kind: 'api-key'
  readonly apiKeyId: string
  readonly label: string
  readonly scopes: readonly ApiKeyScope[]
}

/** The authenticated sender of a request, set by AccessGuard. */
export type Actor = AccountActor | ApiKeyActor

const actors = new WeakMap<object, Actor>()

/** Stores the actor for the lifetime of the request. */
export function setActor(request: FastifyRequest, actor: Actor): void {
  actors.set(request.raw, actor)
}

/** Returns the actor of a request; undefined on public routes and before AccessGuard ran. */
export function actorOf(request: FastifyRequest): Actor | undefined {
  return actors.get(request.raw)
}

/** Returns the name of an actor for logs: "admin@example.org" or "key node pool a". */
export function actorName(actor: Actor): string {
  return actor.kind === 'account' ? actor.account.email : `key ${actor.label}`
}

/** Returns the actor of a request to a non-public route. @throws GuardError UNAUTHENTICATED before AccessGuard ran. */
export function requiredActorOf(request: FastifyRequest): Actor {
  const actor = actorOf(request)
  if (!actor) throw new GuardError('UNAUTHENTICATED', 'not authenticated; log in or send an API key')
  return actor
}

/** Injects the account of the session, on routes that require one. */
export const CurrentAccount = createParamDecorator((_: unknown, context: ExecutionContext): AccountActor => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>())
  if (actor?.kind !== 'account') throw new GuardError('SESSION_REQUIRED', 'this requires a login')
  return actor
})
