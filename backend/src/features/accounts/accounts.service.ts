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
import { clientNetwork } from './client-network.js'
import { type LoginSource, LoginThrottle } from './login-throttle.js'
import { withPasswordSlot } from './password-slots.js'
import { hashPassword, passwordMatches } from './passwords.js'

/** A login from a client. */
export interface LoginAttempt {
  readonly email: string
  readonly password: string
  readonly clientIp: string
}

/** Accounts and their passwords. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly throttle: LoginThrottle,
    private readonly audit: AuditRepository,
  ) {}

  /**
   * Finds the account of an email address and a password. An unknown address takes as long as a wrong password.
   *
   * @param mismatchMessage message of LOGIN_FAILED.
   * @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE.
   */
  authenticate({ email, password, clientIp }: LoginAttempt, mismatchMessage = 'wrong email address or password'): Promise<AccountView> {
    const network = clientNetwork(clientIp)
    // Waiting for a slot comes first: a flood of invented addresses must not become a flood of rows.
    return withPasswordSlot(network, () => this.#authenticate({ email, network }, password, mismatchMessage))
  }

  async #authenticate(source: LoginSource, password: string, mismatchMessage: string): Promise<AccountView> {
    await this.throttle.count(source)
    const found = await this.accounts.findByEmail(source.email)
    if (!(await passwordMatches(password, found?.passwordHash ?? undefined)) || !found)
      throw new GuardError('LOGIN_FAILED', mismatchMessage)
    await this.throttle.clear(source)
    const { passwordHash: _, ...account } = found
    return account
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
    const attempt = { email: account.email, password: request.currentPassword, clientIp: origin.clientIp }
    await this.authenticate(attempt, 'the current password is wrong')
    const passwordHash = await hashPassword(request.newPassword)
    await this.database.transaction(async (tx) => {
      await this.accounts.updatePassword(tx, account.accountId, passwordHash)
      await endSessions(tx, account.accountId, actor.sessionHash)
      await this.audit.record(tx, { actor: auditActorOf(actor), action: 'account.change-password', target: account.email, ...origin })
    })
  }
}
