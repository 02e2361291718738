import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../../platform/audit/request-origin.js'
import { endSessions } from '../../platform/auth/end-sessions.js'
import type { Database } from '../../platform/database/database.js'
import { AccountRepository } from './account.repository.js'
import { hashPassword } from './passwords.js'

/**
 * Resets the password of an account without the API, turns off its second factor, ends its sessions and resets failed logins.
 *
 * @returns false if the account does not exist or is disabled.
 * @throws GuardError PASSWORD_UNACCEPTABLE, DATABASE_UNAVAILABLE.
 */
export async function setPassword(database: Database, email: string, password: string): Promise<boolean> {
  const accounts = new AccountRepository(database)
  const account = await accounts.findByEmail(email)
  if (!account) return false
  const passwordHash = await hashPassword(password)
  await database.transaction(async (tx) => {
    await accounts.updatePassword(tx, account.accountId, passwordHash)
    await endSessions(tx, account.accountId)
    await tx.execute('UPDATE accounts SET totp_secret = NULL, totp_enabled_at = NULL WHERE account_id = $1', [account.accountId])
    await tx.execute('DELETE FROM account_recovery_codes WHERE account_id = $1', [account.accountId])
    await tx.execute('DELETE FROM login_failures WHERE email = lower($1)', [account.email])
    await new AuditRepository().record(tx, { actor: SYSTEM_ACTOR, action: 'account.set-password', target: account.email })
  })
  return true
}
