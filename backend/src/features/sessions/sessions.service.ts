import { randomBytes } from 'node:crypto'
import { type AccountView, DAY_MS, type LoginRequest } from '@guardimesh/contracts'
import { GuardError, hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { anonymousActor, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { Database } from '../../platform/database/database.js'
import { AccountsService } from '../accounts/accounts.service.js'
import { FailedLogins } from './failed-logins.js'
import { SessionRepository } from './session.repository.js'

const TOKEN_BYTES = 32
/** Lifetime of a session. */
export const SESSION_MS = 7 * DAY_MS

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
    private readonly audit: AuditRepository,
    private readonly failures: FailedLogins,
  ) {}

  /** @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE. */
  async logIn({ email, password }: LoginRequest, origin: RequestOrigin): Promise<NewSession> {
    const account = await this.#authenticate({ email, password }, origin)
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const expiresAt = new Date(Date.now() + SESSION_MS)
    await this.database.transaction(async (tx) => {
      await this.sessions.insert(tx, { tokenHash: hashSecret(token), accountId: account.accountId, expiresAt })
      const actor = { kind: 'account', actorId: account.accountId, name: account.email } as const
      await this.audit.record(tx, { actor, action: 'session.log-in', target: account.email, ...origin })
    })
    return { account, token }
  }

  /** Ends a session if it exists. */
  async logOut(token: string, origin: RequestOrigin): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = await this.sessions.delete(tx, hashSecret(token))
      if (!account) return
      const actor = { kind: 'account', actorId: account.accountId, name: account.email } as const
      await this.audit.record(tx, { actor, action: 'session.log-out', target: account.email, ...origin })
    })
  }

  async #authenticate({ email, password }: LoginRequest, origin: RequestOrigin): Promise<AccountView> {
    try {
      return await this.accounts.authenticate({ email, password, clientIp: origin.clientIp })
    } catch (error) {
      if (error instanceof GuardError && this.failures.isReported(error.code, `${origin.clientIp} ${email.toLowerCase()}`))
        await this.audit.record(this.database, {
          actor: anonymousActor(email),
          action: 'session.log-in',
          target: email,
          result: 'failure',
          details: { reason: error.code },
          ...origin,
        })
      throw error
    }
  }
}
