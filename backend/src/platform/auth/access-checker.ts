import { permissionRule } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Access } from './access.js'
import { type Actor, setActor } from './actor.js'
import { Authenticator } from './authenticator.js'
import { checkOrigin } from './check-origin.js'
import { clientIpOf } from './client-ip.js'
import { ConsoleAddress } from './console-address.js'
import { credentialsOf } from './credentials.js'

/** Authenticates requests and enforces access, once per request. */
@Injectable()
export class AccessChecker {
  readonly #checked = new WeakSet<object>()

  constructor(
    private readonly authenticator: Authenticator,
    private readonly consoleAddress: ConsoleAddress,
  ) {}

  /** Sets the actor of a request to a route that is not public. @throws GuardError if access is denied. */
  async check(request: FastifyRequest, access: Access): Promise<void> {
    if (this.#checked.has(request.raw)) return
    // A login creates a session in the browser, so it must not come from another site either.
    if (access.kind === 'public') checkOrigin(request, this.consoleAddress.originFor(request))
    else await this.#admit(request, access)
    this.#checked.add(request.raw)
  }

  async #admit(request: FastifyRequest, access: Exclude<Access, { kind: 'public' }>): Promise<void> {
    const credentials = credentialsOf(request)
    if (credentials.kind === 'none' || (credentials.kind === 'cookie' && access.kind === 'scope'))
      throw new GuardError(
        'UNAUTHENTICATED',
        access.kind === 'scope' ? 'API key missing; send Authorization: Bearer <key>' : 'not logged in',
      )
    if (credentials.kind === 'cookie') checkOrigin(request, this.consoleAddress.originFor(request))
    const actor = await this.authenticator.identify(credentials)
    // Also of a request that is denied, for the log and the audit log.
    setActor(request, actor)
    checkAccess(actor, access)
    this.authenticator.noteUse(actor, clientIpOf(request))
  }
}

/** @throws GuardError SCOPE_MISSING, SESSION_REQUIRED or ROLE_MISSING. Pure. */
function checkAccess(actor: Actor, access: Exclude<Access, { kind: 'public' }>): void {
  const { roles, scopes } = access.kind === 'scope' ? { roles: [], scopes: [access.scope] } : permissionRule(access.permission)
  if (actor.kind === 'account') {
    if (!roles.includes(actor.account.role)) throw new GuardError('ROLE_MISSING', `this requires the role ${roles.join(' or ')}`)
    return
  }
  if (scopes.length === 0) throw new GuardError('SESSION_REQUIRED', 'this requires a login; API keys are not allowed')
  if (!scopes.some((scope) => actor.scopes.includes(scope)))
    throw new GuardError('SCOPE_MISSING', `the API key lacks the scope ${scopes.join(' or ')}`)
}
