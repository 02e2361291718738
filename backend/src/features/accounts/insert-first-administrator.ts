import type { AuditRepository } from '../../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../../platform/audit/request-origin.js'
import type { Queryable } from '../../platform/database/database.js'
import type { AccountRepository } from './account.repository.js'
import { hashPassword } from './passwords.js'

/** What the first administrator is written with. */
export interface AdministratorStore {
  readonly accounts: AccountRepository
  readonly audit: AuditRepository
}

/**
 * Makes the first administrator when there is no account at all; others that try meanwhile wait for the end of the transaction.
 *
 * @param choosePassword asked only when the account is made; what it throws undoes everything.
 * @returns whether the account was made.
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
