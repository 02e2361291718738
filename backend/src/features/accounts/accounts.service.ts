import type { AccountView, ChangePassword } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { AccountActor } from '../../platform/auth/actor.js'
import { endSessions } from '../../platform/auth/end-sessions.js'
import { Database } from '../../platform/database/database.js'
import { AccountRepository } from './account.repository.js'
import { checkNewPassword } from './check-new-password.js'
import { type FailedLogin, FailedLogins } from './failed-logins.js'
import { ALL_STRANGERS_CODE, type LoginSource, LoginThrottle } from './login-throttle.js'
import { type LoginClient, withPasswordSlot } from './password-slots.js'
import { hashPassword, passwordMatches } from './passwords.js'

/** A login from a client, or the password or a code that a user enters again. */
export interface LoginAttempt {
  readonly email: string
  readonly password: string
  readonly client: LoginClient
  /** The user of the session; undefined for a login. */
  readonly actor?: AccountActor
  readonly origin: RequestOrigin
}

/** Accounts and their passwords. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly throttle: LoginThrottle,
    private readonly audit: AuditRepository,
    private readonly failedLogins: FailedLogins,
  ) {}

  /**
   * Finds the account of an email address and a password. An unknown address takes as long as a wrong password.
   *
   * @param mismatchMessage message of LOGIN_FAILED.
   * @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE.
   */
  authenticate(attempt: LoginAttempt, mismatchMessage = 'wrong email address or password'): Promise<AccountView> {
    // Waiting for a slot comes first: a flood of invented addresses must not become a flood of rows.
    return withPasswordSlot(attempt.client, () => this.#authenticate(attempt, mismatchMessage))
  }

  /** Repeats the password of a session. @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE. */
  async confirmPassword(actor: AccountActor, password: string, origin: RequestOrigin): Promise<void> {
    const { email } = actor.account
    await this.authenticate({ email, password, client: sessionClient(actor), actor, origin }, 'the current password is wrong')
  }

  async #authenticate({ password, client, ...from }: LoginAttempt, mismatchMessage: string): Promise<AccountView> {
    const { email } = from
    // The network first: while it is delayed, invented addresses must not become rows.
    const sources = [...(client.isKnown ? [] : [{ email: '', client: client.key }]), { email, client: client.key }]
    for (const source of sources) await this.#count(source, { ...from, factor: 'password' })
    const found = await this.accounts.findByEmail(email)
    if (!(await passwordMatches(password, found?.passwordHash ?? undefined)) || !found) {
      await this.failedLogins.record({ ...from, factor: 'password', reason: 'LOGIN_FAILED' })
      throw new GuardError('LOGIN_FAILED', mismatchMessage)
    }
    for (const source of sources) await this.throttle.clear(source)
    const { passwordHash: _, ...account } = found
    return account
  }

  /**
   * Checks the second factor of a login. Its failures are throttled like those of passwords, but separately.
   *
   * @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED.
   */
  async checkSecondFactor<Factor>(
    { client, ...from }: Omit<LoginAttempt, 'password'>,
    check: () => Promise<Factor | undefined>,
  ): Promise<Factor> {
    const { email } = from
    const own = { email, client: `code ${client.key}` }
    const sources = client.isKnown ? [own] : [own, { email, client: ALL_STRANGERS_CODE }]
    for (const source of sources) await this.#count(source, { ...from, factor: 'second-factor' })
    const factor = await check()
    if (factor === undefined) {
      await this.failedLogins.record({ ...from, factor: 'second-factor', reason: 'LOGIN_FAILED' })
      throw new GuardError('LOGIN_FAILED', 'the code is wrong or was used before')
    }
    for (const source of sources) await this.throttle.clear(source)
    return factor
  }

  /**
   * Changes the password of the current account and ends its other sessions.
   *
   * @throws GuardError LOGIN_FAILED if the current password is wrong, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE.
   */
  async changePassword(actor: AccountActor, request: ChangePassword, origin: RequestOrigin): Promise<void> {
    const { account } = actor
    checkNewPassword(request.newPassword, account.email)
    if (request.newPassword.normalize('NFC') === request.currentPassword.normalize('NFC'))
      throw new GuardError('PASSWORD_UNACCEPTABLE', 'the new password must differ from the current one')
    await this.confirmPassword(actor, request.currentPassword, origin)
    const passwordHash = await hashPassword(request.newPassword)
    await this.database.transaction(async (tx) => {
      await this.accounts.updatePassword(tx, account.accountId, passwordHash)
      await endSessions(tx, account.accountId, actor.sessionHash)
      await this.audit.record(tx, { actor: auditActorOf(actor), action: 'account.change-password', target: account.email, ...origin })
    })
  }

  async #count(source: LoginSource, attempt: Omit<FailedLogin, 'reason' | 'throttled'>): Promise<void> {
    try {
      await this.throttle.count(source)
    } catch (error) {
      const throttled = source.email === '' ? 'network' : 'account'
      if (error instanceof GuardError) await this.failedLogins.record({ ...attempt, reason: error.code, throttled })
      throw error
    }
  }
}

/** Attempts with a session have limits of their own, so that failed logins of others do not affect them. */
export function sessionClient({ sessionHash }: AccountActor): LoginClient {
  return { key: `session ${sessionHash}`, isKnown: true }
}
