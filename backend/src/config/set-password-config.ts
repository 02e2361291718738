import { parseArgs } from 'node:util'
import { ConfigError, messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { type CommandConfig, readCommandConfig } from './command-config.js'
import { readNewPassword } from './new-password.js'

const USAGE = 'usage: set-password --email <address> [--password-file <file>]'
const Arguments = z.object({ email: z.string().trim().min(3).max(254), 'password-file': z.string().min(1).optional() })

/** Settings and arguments of the set-password command. */
export interface SetPasswordConfig extends CommandConfig {
  readonly email: string
  /** Never log it. Undefined: the command generates a password. */
  readonly newPassword: string | undefined
}

/** Reads arguments and settings. @throws ConfigError with the usage for an invalid argument, or that names the invalid settings. */
export function readSetPasswordConfig(env: NodeJS.ProcessEnv, args: readonly string[] = process.argv.slice(2)): SetPasswordConfig {
  const { email, 'password-file': passwordFile } = parseArguments(args)
  const settings = readCommandConfig(env)
  return Object.freeze({ ...settings, email, newPassword: passwordFile === undefined ? undefined : readNewPassword(passwordFile) })
}

function parseArguments(args: readonly string[]): z.infer<typeof Arguments> {
  try {
    const { values } = parseArgs({ args: [...args], options: { email: { type: 'string' }, 'password-file': { type: 'string' } } })
    const parsed = Arguments.safeParse(values)
    if (!parsed.success) throw new ConfigError(z.prettifyError(parsed.error))
    return parsed.data
  } catch (error) {
    throw new ConfigError(`${messageOf(error)}\n${USAGE}`)
  }
}
