import { randomBytes } from 'node:crypto'
import {
  type AccountDetails,
  type ChangeAccount,
  DAY_MS,
  INVITATION_DAYS,
  type Invitation,
  type InviteAccount,
} from '@guardimesh/contracts'
import { GuardError, hashSecret, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { actorName } from '../../platform/auth/actor.js'
import { announceSessionChange, endSessions } from '../../platform/auth/end-sessions.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { UserRepository } from './user.repository.js'

const TOKEN_BYTES = 32

/** Administration of users. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly audit: AuditRepository,
  ) {}

  list(): Promise<AccountDetails[]> {
    return this.users.list()
  }

  /** Creates a user who sets the password with a link. @throws GuardError ACCOUNT_EXISTS. */
  invite(request: InviteAccount, by: ChangedBy): Promise<Invitation> {
    return this.database.transaction(async (tx) => {
      const accountId = await this.users.insert(tx, request)
      if (accountId === undefined) throw new GuardError('ACCOUNT_EXISTS', `a user with the email address ${request.email} exists`)
      const { displayName, role } = request
      await this.#record(tx, by, 'account.invite', request.email, { accountId, displayName, role })
      return this.#newInvitation(tx, accountId, by)
    })
  }

  /** Creates a new link, also for a user who forgot the password. An earlier link becomes invalid. @throws GuardError ACCOUNT_NOT_FOUND. */
  renewInvitation(accountId: string, by: ChangedBy): Promise<Invitation> {
    return this.database.transaction(async (tx) => {
      const { email } = await this.#find(tx, accountId)
      await this.#record(tx, by, 'account.renew-invitation', email, { accountId })
      return this.#newInvitation(tx, accountId, by)
    })
  }

  /**
   * Changes a user. A new role applies to the next request; deactivation ends all sessions and the invitation.
   *
   * @throws GuardError ACCOUNT_NOT_FOUND, LAST_ADMINISTRATOR.
   */
  change(accountId: string, change: ChangeAccount, by: ChangedBy): Promise<AccountDetails> {
    return this.database.transaction(async (tx) => {
      await this.users.lock(tx)
      const before = await this.#find(tx, accountId)
      await this.users.change(tx, accountId, change)
      if (change.isActive === false) await this.users.deleteInvitation(tx, accountId)
      const after = await this.#find(tx, accountId)
      await this.#keepAdministrator(tx, before, after)
      if (after.state === 'deactivated') await endSessions(tx, accountId)
      else if (after.role !== before.role) await announceSessionChange(tx)
      await this.#record(tx, by, 'account.change', before.email, { before: factsOf(before), after: factsOf(after) })
      return after
    })
  }

  /** Deletes a user with all sessions. @throws GuardError ACCOUNT_NOT_FOUND, LAST_ADMINISTRATOR. */
  delete(accountId: string, by: ChangedBy): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.users.lock(tx)
      const before = await this.#find(tx, accountId)
      await this.#keepAdministrator(tx, before, undefined)
      await endSessions(tx, accountId)
      await this.users.delete(tx, accountId)
      await this.#record(tx, by, 'account.delete', before.email, { before: factsOf(before) })
    })
  }

  async #newInvitation(tx: Queryable, accountId: string, { actor }: ChangedBy): Promise<Invitation> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const expiresAt = new Date(Date.now() + INVITATION_DAYS * DAY_MS)
    await this.users.invite(tx, { accountId, tokenHash: hashSecret(token), createdBy: actorName(actor), expiresAt })
    return { account: await this.#find(tx, accountId), token, expiresAt: expiresAt.toISOString() }
  }

  async #find(tx: Queryable, accountId: string): Promise<AccountDetails> {
    const user = parseUuid(accountId) && (await this.users.find(tx, accountId))
    if (!user) throw new GuardError('ACCOUNT_NOT_FOUND', 'user not found')
    return user
  }

  async #keepAdministrator(tx: Queryable, before: AccountDetails, after: AccountDetails | undefined): Promise<void> {
    const isAdministrator = (user: AccountDetails | undefined) => user?.role === 'administrator' && user.state === 'active'
    if (!isAdministrator(before) || isAdministrator(after) || (await this.users.hasOtherAdministrator(tx, before.accountId))) return
    throw new GuardError('LAST_ADMINISTRATOR', `${before.email} is the only active administrator; make another user administrator first`)
  }

  #record(tx: Queryable, { actor, origin }: ChangedBy, action: string, target: string, details: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, { actor: auditActorOf(actor), action, target, details, ...origin })
  }
}

function factsOf({ displayName, role, state }: AccountDetails) {
  return { displayName, role, state }
}
