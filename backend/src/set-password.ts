import { parseArgs } from 'node:util'
import { ConfigError, createLogger, messageOf, runProcess } from '@guardimesh/kit'
import { z } from 'zod'
import { readCommandConfig } from './config/command-config.js'
import { readNewPassword } from './config/new-password.js'
import { generatePassword } from './features/accounts/passwords.js'
import { setPassword } from './features/accounts/set-password.js'
import { Database } from './platform/database/database.js'

const USAGE = 'usage: set-password --email <address> [--password-file <file>]'
const Arguments = z.object({ email: z.string().trim().min(3).max(254), 'password-file': z.string().min(1).optional() })

/**
 * Resets the password of an account without a login. Prints a generated password, and nothing else, to standard output; errors go to
 * standard error.
 */
await runProcess(createLogger('set-password'), async () => {
  const { email, 'password-file': passwordFile } = readArguments()
  const { databaseUrl } = readCommandConfig()
  const password = passwordFile === undefined ? generatePassword() : readNewPassword(passwordFile)
  const database = new Database({ databaseUrl, applicationName: 'guardimesh set-password' })
  try {
    if (!(await setPassword(database, email, password))) throw new Error(`account ${email} not found or disabled`)
    if (passwordFile === undefined) process.stdout.write(`${password}\n`)
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = 1
  } finally {
    await database.close()
  }
})

function readArguments(): z.infer<typeof Arguments> {
  try {
    const { values } = parseArgs({ options: { email: { type: 'string' }, 'password-file': { type: 'string' } } })
    const parsed = Arguments.safeParse(values)
    if (!parsed.success) throw new ConfigError(z.prettifyError(parsed.error))
    return parsed.data
  } catch (error) {
    throw new ConfigError(`${messageOf(error)}\n${USAGE}`)
  }
}
