import type { Problem } from '@guardimesh/contracts'
import { background, type Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../auth/actor.js'
import { Database } from '../database/database.js'
import { InjectLogger } from '../log/logger-token.js'
import { AuditRepository } from './audit.repository.js'
import { OncePerMinute } from './once-per-minute.js'
import { auditActorOf, originOf } from './request-origin.js'

/** Requests of nodes have metrics of their own. */
const NODE_ROUTES = '/api/v1/'

/**
 * Records requests of authenticated clients that were denied in the audit log because a permission is missing. The same request of the same client
 * is recorded once per minute.
 */
@Injectable()
export class DeniedRequests {
  readonly #limit = new OncePerMinute()

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Records a failure in the background, because the response must not wait for the database. */
  note(request: FastifyRequest, { code, status }: Problem): void {
    const actor = actorOf(request)
    const route = request.routeOptions.url
    if (status !== 403 || !actor || route === undefined || route.startsWith(NODE_ROUTES)) return
    const target = `${request.method} ${route}`
    const auditActor = auditActorOf(actor)
    if (!this.#limit.isFirst(`${auditActor.kind} ${auditActor.actorId} ${target} ${code}`)) return
    const entry = { actor: auditActor, action: 'request.deny', target, result: 'failure', details: { code, status } } as const
    background(this.log, 'audit log of a denied request', this.audit.record(this.database, { ...entry, ...originOf(request) }))
  }
}
