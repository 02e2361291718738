import type { SessionDetails } from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import type { Actor } from '../../platform/auth/actor.js'
import { announceSessionChange, endSessions } from '../../platform/auth/end-sessions.js'
import { SessionSettings } from '../../platform/auth/session-settings.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { SessionRepository } from './session.repository.js'

/** Lists sessions and ends them: those of the own account, or of any account for administrators. */
@Injectable()
export class SessionListService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly settings: SessionSettings,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws GuardError ACCOUNT_NOT_FOUND. */
  async list(accountId: string, actor: Actor): Promise<SessionDetails[]> {
    await this.#emailOf(this.database, accountId)
    return this.sessions.list(accountId, sessionHashOf(actor), this.settings.idleMs / 1000)
  }

  /** Ends one session and its event streams. @throws GuardError ACCOUNT_NOT_FOUND, SESSION_NOT_FOUND. */
  async end(accountId: string, sessionId: string, { actor, origin }: ChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      const target = await this.#emailOf(tx, accountId)
      if (!parseUuid(sessionId) || !(await this.sessions.deleteOf(tx, accountId, sessionId)))
        throw new GuardError('SESSION_NOT_FOUND', 'the session does not exist or has ended')
      await announceSessionChange(tx)
      await this.audit.record(tx, { actor: auditActorOf(actor), action: 'session.end', target, details: { sessionId }, ...origin })
    })
  }

  /** Ends all sessions of an account except that of the request. @throws GuardError ACCOUNT_NOT_FOUND. */
  async endAll(accountId: string, { actor, origin }: ChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      const target = await this.#emailOf(tx, accountId)
      await endSessions(tx, accountId, sessionHashOf(actor))
      await this.audit.record(tx, { actor: auditActorOf(actor), action: 'session.end-all', target, ...origin })
    })
  }

  async #emailOf(tx: Queryable, accountId: string): Promise<string> {
    const email = parseUuid(accountId) && (await this.sessions.emailOf(tx, accountId))
    if (!email) throw new GuardError('ACCOUNT_NOT_FOUND', 'user not found')
    return email
  }
}

function sessionHashOf(actor: Actor): string {
  return actor.kind === 'account' ? actor.sessionHash : ''
}
