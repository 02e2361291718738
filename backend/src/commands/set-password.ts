import { messageOf, type ProcessContext } from '@guardimesh/kit'
import type { SetPasswordConfig } from '../config/set-password-config.js'
import { generatePassword } from '../features/accounts/passwords.js'
import { setPassword } from '../features/accounts/set-password.js'
import { Database } from '../platform/database/database.js'

/**
 * Resets the password of an account without a login. Prints a generated password, and nothing else, to standard output; errors go to
 * standard error.
 */
export async function runSetPassword({ config, resources }: ProcessContext<SetPasswordConfig>): Promise<void> {
  const { databaseUrl, email, newPassword } = config
  const password = newPassword ?? generatePassword()
  const database = new Database({ databaseUrl, applicationName: 'guardimesh set-password' })
  resources.defer(() => database.close())
  try {
    if (!(await setPassword(database, email, password))) throw new Error(`account ${email} not found or disabled`)
    if (newPassword === undefined) process.stdout.write(`${password}\n`)
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = 1
  }
}
