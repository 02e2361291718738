import type { ApiKeyScope } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { ACCESS_METADATA, type Access } from './access.js'
import { type Actor, setActor } from './actor.js'
import { Authenticator } from './authenticator.js'
import { checkOrigin } from './check-origin.js'
import { ConsoleAddress } from './console-address.js'
import { credentialsOf } from './credentials.js'

/** Lets a request through when its actor may use the route. A route without a decision lets nobody through. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly consoleAddress: ConsoleAddress,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [context.getHandler(), context.getClass()])
    if (!access) throw new Error(`nobody decided who may use ${context.getClass().name}.${context.getHandler().name}`)
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    // A login makes a session in the visitor's browser, so it must not come from another site either.
    if (access.kind === 'public') checkOrigin(request, this.consoleAddress.originFor(request))
    else setActor(request, await this.admit(request, access))
    return true
  }

  private async admit(request: FastifyRequest, access: Access): Promise<Actor> {
    const credentials = credentialsOf(request)
    if (credentials.kind === 'none' || (credentials.kind === 'cookie' && access.kind === 'scope'))
      throw new GuardError('UNAUTHENTICATED', access.kind === 'scope' ? 'send an API key: Authorization: Bearer <key>' : 'log in first')
    if (credentials.kind === 'cookie') checkOrigin(request, this.consoleAddress.originFor(request))
    const actor = await this.authenticator.identify(credentials)
    checkAccess(actor, access)
    return actor
  }
}

/** @throws GuardError SCOPE_MISSING, SESSION_REQUIRED or ROLE_MISSING. Pure. */
function checkAccess(actor: Actor, access: Access): void {
  if (actor.kind === 'account') {
    const isForAdministrators = access.kind === 'manage' || (access.kind === 'session' && access.administrator)
    if (isForAdministrators && actor.account.role !== 'administrator')
      throw new GuardError('ROLE_MISSING', 'only an administrator may do this')
    return
  }
  if (access.kind === 'session') throw new GuardError('SESSION_REQUIRED', 'an API key may not do this: a person has to log in')
  const scopes = scopesOf(access)
  if (!scopes.some((scope) => actor.scopes.includes(scope)))
    throw new GuardError('SCOPE_MISSING', `the API key needs the scope ${scopes.join(' or ')}`)
}

/** Any one of them lets a key through. */
function scopesOf(access: Exclude<Access, { kind: 'session' }>): readonly ApiKeyScope[] {
  if (access.kind === 'scope' || access.kind === 'manage') return [access.scope]
  return access.kind === 'read' && access.alsoScope ? ['console:read', access.alsoScope] : ['console:read']
}
