import { randomBytes } from 'node:crypto'
import type { AccountView, LoginRequest } from '@guardimesh/contracts'
import { hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { announceSessionChange } from '../../platform/auth/end-sessions.js'
import { SessionSettings } from '../../platform/auth/session-settings.js'
import { Database } from '../../platform/database/database.js'
import { AccountsService } from '../accounts/accounts.service.js'
import { SessionRepository } from './session.repository.js'

const TOKEN_BYTES = 32
/** Maximum length of a stored User-Agent header. */
const USER_AGENT_MAX_LENGTH = 300

/** A new session; the token goes to the cookie only. */
export interface NewSession {
  readonly account: AccountView
  readonly token: string
}

/** Starts and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionRepository,
    private readonly settings: SessionSettings,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE. */
  async logIn({ email, password }: LoginRequest, userAgent: string, origin: RequestOrigin): Promise<NewSession> {
    const account = await this.accounts.authenticate({ email, password, clientIp: origin.clientIp })
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const expiresAt = new Date(Date.now() + this.settings.lifetimeMs)
    await this.database.transaction(async (tx) => {
      await this.sessions.insert(tx, {
        tokenHash: hashSecret(token),
        accountId: account.accountId,
        expiresAt,
        clientIp: origin.clientIp,
        userAgent: userAgent.slice(0, USER_AGENT_MAX_LENGTH),
      })
      const actor = { kind: 'account', actorId: account.accountId, name: account.email } as const
      await this.audit.record(tx, { actor, action: 'session.log-in', target: account.email, ...origin })
    })
    return { account, token }
  }

  /** Ends a session if it exists. */
  logOut(token: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (await this.sessions.delete(tx, hashSecret(token))) await announceSessionChange(tx)
    })
  }
}
