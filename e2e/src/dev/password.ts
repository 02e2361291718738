import { rm } from 'node:fs/promises'
import { generatePassword, hashPassword } from '@guardimesh/backend/features/accounts/passwords.js'
import { GuardError, readSecretFile } from '@guardimesh/kit'
import { Client } from 'pg'
import type { StackFacts } from '../stack/facts.js'
import type { StackFolders } from '../stack/folders.js'

/** In one statement, so that a new password never lives beside sessions of the old one. */
const SET_PASSWORD = `
  WITH changed AS (
    UPDATE accounts SET password_hash = $2, password_changed_at = now() WHERE lower(email) = lower($1) RETURNING account_id
  ), ended AS (
    DELETE FROM sessions WHERE account_id IN (SELECT account_id FROM changed)
  ), noted AS (
    INSERT INTO audit_log (actor_kind, actor_name, action, target)
    SELECT 'system', 'make password', 'account.set-password', $1 FROM changed
  )
  SELECT account_id FROM changed`

/** `make password`: gives the first administrator a new password, ends their sessions and prints it. */
export async function newPassword(folders: StackFolders, { database, adminEmail, url }: StackFacts): Promise<void> {
  // pg takes an empty password out of the URL before one given beside it.
  const address = new URL(database.url)
  if (database.passwordFile !== undefined) address.password = encodeURIComponent(readSecretFile(database.passwordFile))
  const client = new Client({ connectionString: address.href })
  await client.connect()
  try {
    const password = generatePassword()
    const { rowCount } = await client.query(SET_PASSWORD, [adminEmail, await hashPassword(password)])
    if (rowCount === 0) throw new GuardError('UNAUTHENTICATED', `there is no account ${adminEmail}`)
    await rm(folders.adminPasswordFile, { force: true })
    process.stdout.write(`\n  Console   ${url}\n  E-mail    ${adminEmail}\n  Password  ${password}\n\n`)
  } finally {
    await client.end()
  }
}
