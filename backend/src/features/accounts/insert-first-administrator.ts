import type { AuditRepository } from '../../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../../platform/audit/request-origin.js'
import type { Queryable } from '../../platform/database/database.js'
import type { AccountRepository } from './account.repository.js'
import { hashPassword } from './passwords.js'

/** Repositories for creating the first administrator. */
export interface AdministratorStore {
  readonly accounts: AccountRepository
  readonly audit: AuditRepository
}

/**
 * Creates the first administrator if no account exists. Concurrent attempts wait for the end of the transaction.
 *
 * @param choosePassword called only if the account is created; an exception rolls back the transaction.
 * @returns true if the account was created.
 */
export async function insertFirstAdministrator(
  tx: Queryable,
  { accounts, audit }: AdministratorStore,
  email: string,
  choosePassword: () => Promise<string>,
): Promise<boolean> {
  if (!(await accounts.lockIfEmpty(tx))) return false
  const passwordHash = await hashPassword(await choosePassword())
  const accountId = await accounts.insert(tx, { email, displayName: 'Administrator', role: 'administrator', passwordHash })
  const details = { accountId, role: 'administrator' }
  await audit.record(tx, { actor: SYSTEM_ACTOR, action: 'account.create', target: email, details })
  return true
}
