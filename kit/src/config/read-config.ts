import { z } from 'zod'
import { ConfigError } from './config-error.js'

/**
 * Reads settings from the environment, checks them and freezes them. A mistyped value stops the process; it never becomes the default.
 * An empty variable counts as unset.
 *
 * @throws ConfigError that names every mistake.
 */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: NodeJS.ProcessEnv): Readonly<z.infer<Schema>> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) throw new ConfigError(`the configuration cannot be used:\n${z.prettifyError(parsed.error)}`)
  return Object.freeze(parsed.data)
}
