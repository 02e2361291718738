import { rm } from 'node:fs/promises'
import { databaseUrl } from '@guardimesh/backend/config/database-config.js'
import { generatePassword } from '@guardimesh/backend/features/accounts/passwords.js'
import { setPassword } from '@guardimesh/backend/features/accounts/set-password.js'
import { Database } from '@guardimesh/backend/platform/database/database.js'

import type { StackFacts } from '../stack/facts.js'
import type { StackFolders } from '../stack/folders.js'

/** `make password`: sets a new password for the first administrator, ends their sessions and prints it. */
export async function resetPassword(folders: StackFolders, { database: where, adminEmail, url }: StackFacts): Promise<void> {
  const settings = { DATABASE_URL: where.url, DATABASE_PASSWORD_FILE: where.passwordFile }
  const database = new Database({ databaseUrl: databaseUrl(settings), applicationName: 'guardimesh make password' })
  try {
    const password = generatePassword()
    if (!(await setPassword(database, adminEmail, password))) throw new Error(`the account ${adminEmail} does not exist`)
    await rm(folders.adminPasswordFile, { force: true })
    process.stdout.write(`\n  Console   ${url}\n  E-mail    ${adminEmail}\n  Password  ${password}\n\n`)
  } finally {
    await database.close()
  }
}
