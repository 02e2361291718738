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

/** Authenticates requests and enforces the access of each route. Denies access to routes without an access decorator. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly consoleAddress: ConsoleAddress,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [context.getHandler(), context.getClass()])
    if (!access) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no access decorator`)
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    // A login creates a session in the browser, so it must not come from another site either.
    if (access.kind === 'public') checkOrigin(request, this.consoleAddress.originFor(request))
    else setActor(request, await this.admit(request, access))
    return true
  }

  private async admit(request: FastifyRequest, access: Access): Promise<Actor> {
    const credentials = credentialsOf(request)
    if (credentials.kind === 'none' || (credentials.kind === 'cookie' && access.kind === 'scope'))
      throw new GuardError(
        'UNAUTHENTICATED',
        access.kind === 'scope' ? 'API key missing; send Authorization: Bearer <key>' : 'not logged in',
      )
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
      throw new GuardError('ROLE_MISSING', 'this requires the role administrator')
    return
  }
  if (access.kind === 'session') throw new GuardError('SESSION_REQUIRED', 'this requires a login; API keys are not allowed')
  const scopes = scopesOf(access)
  if (!scopes.some((scope) => actor.scopes.includes(scope)))
    throw new GuardError('SCOPE_MISSING', `the API key lacks the scope ${scopes.join(' or ')}`)
}

/** Returns the scopes that allow access; one of them is sufficient. */
function scopesOf(access: Exclude<Access, { kind: 'session' }>): readonly ApiKeyScope[] {
  if (access.kind === 'scope' || access.kind === 'manage') return [access.scope]
  return access.kind === 'read' && access.alsoScope ? ['console:read', access.alsoScope] : ['console:read']
}
