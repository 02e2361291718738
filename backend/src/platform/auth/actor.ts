import type { AccountView, ApiKeyScope } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'

/** A person with a session. */
export interface AccountActor {
  readonly kind: 'account'
  readonly account: AccountView
  /** SHA-256 of the session's token, hexadecimal: what the database knows it by. */
  readonly sessionHash: string
  readonly expiresAt: Date
}

/** A program with an API key. */
export interface ApiKeyActor {
  readonly kind: 'api-key'
  readonly apiKeyId: string
  readonly label: string
  readonly scopes: readonly ApiKeyScope[]
}

/** Who asks; AccessGuard finds out. */
export type Actor = AccountActor | ApiKeyActor

const actors = new WeakMap<object, Actor>()

/** Remembers who sent a request, for as long as the request lives. */
export function setActor(request: FastifyRequest, actor: Actor): void {
  actors.set(request.raw, actor)
}

/** @returns undefined on public routes and before AccessGuard ran. */
export function actorOf(request: FastifyRequest): Actor | undefined {
  return actors.get(request.raw)
}

/** Name of an actor for logs and the audit log: "admin@example.org" or "key ingest of node pool a". */
export function actorName(actor: Actor): string {
  return actor.kind === 'account' ? actor.account.email : `key ${actor.label}`
}

/** Who sent a request to a route that is not public. @throws GuardError UNAUTHENTICATED before AccessGuard ran. */
export function requiredActorOf(request: FastifyRequest): Actor {
  const actor = actorOf(request)
  if (!actor) throw new GuardError('UNAUTHENTICATED', 'log in, or send an API key')
  return actor
}

/** The person of a request; on routes that need a session. */
export const CurrentAccount = createParamDecorator((_: unknown, context: ExecutionContext): AccountActor => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>())
  if (actor?.kind !== 'account') throw new GuardError('SESSION_REQUIRED', 'this needs a session: log in')
  return actor
})
