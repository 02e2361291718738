import type { AcceptInvitation, InvitationView } from '@guardimesh/contracts'
import { GuardError, hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { endSessions } from '../../platform/auth/end-sessions.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { AccountRepository } from './account.repository.js'
import { checkNewPassword } from './check-new-password.js'
import { clientNetwork } from './client-network.js'
import { withPasswordSlot } from './password-slots.js'
import { hashPassword } from './passwords.js'

interface StoredInvitation {
  readonly accountId: string
  readonly email: string
  readonly displayName: string
  readonly expiresAt: Date
}

/** Invitations, for the users who received the link. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws GuardError INVITATION_INVALID. */
  async read(token: string): Promise<InvitationView> {
    const { email, displayName, expiresAt } = await this.#find(this.database, token, '')
    return { email, displayName, expiresAt: expiresAt.toISOString() }
  }

  /** Sets the password once and ends the sessions of the account. @throws GuardError INVITATION_INVALID, LOGIN_THROTTLED, PASSWORD_UNACCEPTABLE. */
  async accept({ token, password }: AcceptInvitation, origin: RequestOrigin): Promise<void> {
    const { email } = await this.#find(this.database, token, '')
    checkNewPassword(password, email)
    const passwordHash = await withPasswordSlot({ key: clientNetwork(origin.clientIp), isKnown: false }, () => hashPassword(password))
    await this.database.transaction(async (tx) => {
      const { accountId } = await this.#find(tx, token, 'FOR UPDATE')
      // Deletes the invitation, too.
      await this.accounts.updatePassword(tx, accountId, passwordHash)
      await endSessions(tx, accountId)
      const actor = { kind: 'account', actorId: accountId, name: email } as const
      await this.audit.record(tx, { actor, action: 'account.accept-invitation', target: email, ...origin })
    })
  }

  async #find(tx: Queryable, token: string, lock: '' | 'FOR UPDATE'): Promise<StoredInvitation> {
    const [found] = await tx.query<StoredInvitation>(
      `SELECT account_id AS "accountId", email, display_name AS "displayName", expires_at AS "expiresAt"
       FROM account_invitations JOIN accounts USING (account_id)
       WHERE token_hash = $1 AND expires_at > now() AND disabled_at IS NULL ${lock}`,
      [hashSecret(token)],
    )
    if (!found)
      throw new GuardError('INVITATION_INVALID', 'the invitation is invalid: it expired, was used or was replaced; ask for a new one')
    return found
  }
}
