import { z } from 'zod'
import { ConfigError } from './config-error.js'

/**
 * Reads, validates and freezes settings from the environment. An invalid value stops the process; it never falls back to the default. An
 * empty variable counts as unset.
 *
 * @throws ConfigError that lists all errors.
 */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: NodeJS.ProcessEnv): Readonly<z.infer<Schema>> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) throw new ConfigError(`invalid configuration:\n${z.prettifyError(parsed.error)}`)
  return Object.freeze(parsed.data)
}
