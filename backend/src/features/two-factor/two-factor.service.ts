import type { ConfirmPassword, RecoveryCodes, TotpSecret, TwoFactorView } from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { generateSecret, generateURI } from 'otplib'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { AccountActor } from '../../platform/auth/actor.js'
import { endSessions } from '../../platform/auth/end-sessions.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { AccountsService, sessionClient } from '../accounts/accounts.service.js'
import { hashRecoveryCode, newRecoveryCode, RECOVERY_CODES } from './recovery-codes.js'
import { SecondFactorService } from './second-factor.service.js'
import { encryptTotp } from './totp-secrets.js'
import { TwoFactorRepository } from './two-factor.repository.js'

/** Name of the installation in authenticator apps. */
const ISSUER = 'Guardimesh'

/** Turns the second factor of accounts on and off. */
@Injectable()
export class TwoFactorService {
  constructor(
    private readonly database: Database,
    private readonly repository: TwoFactorRepository,
    private readonly codes: SecondFactorService,
    private readonly accounts: AccountsService,
    private readonly cipher: SecretCipher,
    private readonly audit: AuditRepository,
  ) {}

  async read({ account }: AccountActor): Promise<TwoFactorView> {
    const { isEnabled = false, recoveryCodesLeft = 0 } = (await this.repository.find(account.accountId)) ?? {}
    return { isEnabled, recoveryCodesLeft }
  }

  /** Creates a secret, which applies once it is confirmed. @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, TWO_FACTOR_ENABLED. */
  async create(actor: AccountActor, request: ConfirmPassword, origin: RequestOrigin): Promise<TotpSecret> {
    await this.accounts.confirmPassword(actor, request.currentPassword, origin)
    const { accountId, email } = actor.account
    const secret = generateSecret()
    if (!(await this.repository.setSecret(this.database, accountId, encryptTotp(this.cipher, accountId, secret)))) throw alreadyEnabled()
    return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) }
  }

  /** Turns the second factor on and ends other sessions. @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED, TWO_FACTOR_ENABLED. */
  async confirm(actor: AccountActor, code: string, origin: RequestOrigin): Promise<RecoveryCodes> {
    const { accountId, email } = actor.account
    if (await this.codes.isEnabled(accountId)) throw alreadyEnabled()
    const attempt = { email, client: sessionClient(actor), actor, origin }
    await this.accounts.checkSecondFactor(attempt, async () => (await this.codes.useTotp(accountId, code)) || undefined)
    return this.database.transaction(async (tx) => {
      if (!(await this.repository.enable(tx, accountId))) throw alreadyEnabled()
      await endSessions(tx, accountId, actor.sessionHash)
      await this.#record(tx, 'account.enable-two-factor', email, { actor, origin })
      return this.#newCodes(tx, accountId)
    })
  }

  /** @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED. */
  async disable(actor: AccountActor, request: ConfirmPassword, origin: RequestOrigin): Promise<void> {
    await this.accounts.confirmPassword(actor, request.currentPassword, origin)
    const { accountId, email } = actor.account
    await this.database.transaction((tx) => this.#disable(tx, accountId, email, { actor, origin }))
  }

  /** Replaces the recovery codes. @throws GuardError LOGIN_FAILED, LOGIN_THROTTLED. */
  async renewCodes(actor: AccountActor, request: ConfirmPassword, origin: RequestOrigin): Promise<RecoveryCodes> {
    await this.accounts.confirmPassword(actor, request.currentPassword, origin)
    const { accountId, email } = actor.account
    if (!(await this.codes.isEnabled(accountId))) return { recoveryCodes: [] }
    return this.database.transaction(async (tx) => {
      await this.#record(tx, 'account.renew-recovery-codes', email, { actor, origin })
      return this.#newCodes(tx, accountId)
    })
  }

  /** Turns off the second factor of a user who lost it. @throws GuardError ACCOUNT_NOT_FOUND. */
  async reset(accountId: string, by: ChangedBy): Promise<void> {
    const found = parseUuid(accountId) && (await this.repository.find(accountId))
    if (!found) throw new GuardError('ACCOUNT_NOT_FOUND', 'user not found')
    await this.database.transaction((tx) => this.#disable(tx, accountId, found.email, by))
  }

  async #disable(tx: Queryable, accountId: string, email: string, by: ChangedBy): Promise<void> {
    if (await this.repository.disable(tx, accountId)) await this.#record(tx, 'account.disable-two-factor', email, by)
  }

  async #newCodes(tx: Queryable, accountId: string): Promise<RecoveryCodes> {
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
    await this.repository.replaceRecoveryCodes(tx, accountId, recoveryCodes.map(hashRecoveryCode))
    return { recoveryCodes }
  }

  #record(tx: Queryable, action: string, target: string, { actor, origin }: ChangedBy): Promise<void> {
    return this.audit.record(tx, { actor: auditActorOf(actor), action, target, ...origin })
  }
}

function alreadyEnabled(): GuardError {
  return new GuardError('TWO_FACTOR_ENABLED', 'two-factor authentication is already on; turn it off first')
}
