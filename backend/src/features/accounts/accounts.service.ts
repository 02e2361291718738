import { type AccountView, type ChangePassword, PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { AccountActor } from '../../platform/auth/actor.js'
import { Database } from '../../platform/database/database.js'
import { AccountRepository } from './account.repository.js'
import { LoginThrottle } from './login-throttle.js'
import { hashPassword, passwordMatches, withPasswordSlot } from './passwords.js'

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
  authenticate(email: string, password: string, mismatchMessage = 'wrong email address or password'): Promise<AccountView> {
    // Waiting for a slot comes first: a flood of invented addresses must not become a flood of rows.
    return withPasswordSlot(() => this.#authenticate(email, password, mismatchMessage))
  }

  async #authenticate(email: string, password: string, mismatchMessage: string): Promise<AccountView> {
    await this.throttle.count(email)
    const found = await this.accounts.findByEmail(email)
    if (!(await passwordMatches(password, found?.passwordHash)) || !found) throw new GuardError('LOGIN_FAILED', mismatchMessage)
    await this.throttle.clear(email)
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
    checkNewPassword(request)
    await this.authenticate(account.email, request.currentPassword, 'the current password is wrong')
    const passwordHash = await hashPassword(request.newPassword)
    await this.database.transaction(async (tx) => {
      await this.accounts.updatePassword(tx, account.accountId, passwordHash)
      await tx.execute(`DELETE FROM sessions WHERE account_id = $1 AND token_hash <> decode($2, 'hex')`, [
        account.accountId,
        actor.sessionHash,
      ])
      await this.audit.record(tx, { actor: auditActorOf(actor), action: 'account.change-password', target: account.email, ...origin })
    })
  }
}

/** @throws GuardError PASSWORD_UNACCEPTABLE. Pure. */
function checkNewPassword({ currentPassword, newPassword }: ChangePassword): void {
  if ([...newPassword].length < PASSWORD_MIN_LENGTH)
    throw new GuardError('PASSWORD_UNACCEPTABLE', `the new password must have at least ${PASSWORD_MIN_LENGTH} characters`)
  if (newPassword === currentPassword) throw new GuardError('PASSWORD_UNACCEPTABLE', 'the new password must differ from the current one')
}
