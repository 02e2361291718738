import { randomBytes } from 'node:crypto'
import type { AccountView, LoginRequest } from '@guardimesh/contracts'
import { GuardError, hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { announceSessionChange } from '../../platform/auth/end-sessions.js'
import { SessionSettings } from '../../platform/auth/session-settings.js'
import { Database } from '../../platform/database/database.js'
import { AccountsService } from '../accounts/accounts.service.js'
import { KnownDevicesService } from '../accounts/known-devices.service.js'
import { SecondFactorService } from '../two-factor/second-factor.service.js'
import { ChallengeRepository } from './challenge.repository.js'
import { SessionRepository } from './session.repository.js'

const TOKEN_BYTES = 32
/** Maximum length of a stored User-Agent header. */
const USER_AGENT_MAX_LENGTH = 300

/** The browser of a login. */
export interface Browser {
  readonly userAgent: string
  /** Value of the device cookie. */
  readonly deviceToken: string | undefined
  readonly origin: RequestOrigin
}

/** A new session; the tokens go to cookies only. */
export interface NewSession {
  readonly kind: 'session'
  readonly account: AccountView
  readonly token: string
  readonly deviceToken: string
}

/** The password was correct, and the code is missing. */
export interface CodeRequired {
  readonly kind: 'code-required'
  readonly token: string
}

/** Starts and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsService,
    private readonly devices: KnownDevicesService,
    private readonly secondFactor: SecondFactorService,
    private readonly challenges: ChallengeRepository,
    private readonly sessions: SessionRepository,
    private readonly settings: SessionSettings,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE. */
  async logIn({ email, password }: LoginRequest, browser: Browser): Promise<NewSession | CodeRequired> {
    const { origin, deviceToken } = browser
    const client = await this.devices.identify(email, deviceToken, origin.clientIp)
    const account = await this.accounts.authenticate({ email, password, client, origin })
    if (!(await this.secondFactor.isEnabled(account.accountId))) return this.#start(account, browser, 'password')
    const token = newToken()
    await this.challenges.insert(hashSecret(token), account.accountId)
    return { kind: 'code-required', token }
  }

  /** Completes a login with the code. @throws GuardError UNAUTHENTICATED, LOGIN_FAILED, LOGIN_THROTTLED. */
  async verifyCode(challengeToken: string, code: string, browser: Browser): Promise<NewSession> {
    const hash = hashSecret(challengeToken)
    const account = await this.challenges.countAttempt(hash)
    if (!account)
      throw new GuardError('UNAUTHENTICATED', 'the code came too late, or there were too many attempts; enter the password again')
    const { accountId, email } = account
    const { origin, deviceToken } = browser
    const client = await this.devices.identify(email, deviceToken, origin.clientIp)
    const factor = await this.accounts.checkSecondFactor({ email, client, origin }, () => this.secondFactor.useCode(accountId, code))
    await this.challenges.delete(hash)
    return this.#start(account, browser, factor)
  }

  async #start(account: AccountView, { userAgent, deviceToken, origin }: Browser, factor: string): Promise<NewSession> {
    const token = newToken()
    const expiresAt = new Date(Date.now() + this.settings.lifetimeMs)
    const { accountId, email } = account
    return this.database.transaction(async (tx) => {
      await this.sessions.insert(tx, {
        tokenHash: hashSecret(token),
        accountId,
        expiresAt,
        clientIp: origin.clientIp,
        userAgent: userAgent.slice(0, USER_AGENT_MAX_LENGTH),
      })
      const device = await this.devices.remember(tx, accountId, deviceToken, origin.clientIp)
      const actor = { kind: 'account', actorId: accountId, name: email } as const
      await this.audit.record(tx, { actor, action: 'session.log-in', target: email, details: { factor }, ...origin })
      return { kind: 'session', account, token, deviceToken: device }
    })
  }

  /** Ends a session if it exists. */
  logOut(token: string, origin: RequestOrigin): Promise<void> {
    return this.database.transaction(async (tx) => {
      const account = await this.sessions.delete(tx, hashSecret(token))
      if (!account) return
      await announceSessionChange(tx)
      const actor = { kind: 'account', actorId: account.accountId, name: account.email } as const
      await this.audit.record(tx, { actor, action: 'session.log-out', target: account.email, ...origin })
    })
  }
}

const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url')
