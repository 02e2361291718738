import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'

/** Settings of a one-shot command. */
export interface CommandConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  readonly logLevel: string
}

/** Reads the settings. @throws ConfigError that lists all errors. */
export function readCommandConfig(env: NodeJS.ProcessEnv): CommandConfig {
  const parsed = readConfig(z.object({ ...DatabaseEnv.shape, ...LogEnv.shape }), env)
  return Object.freeze({ databaseUrl: databaseUrl(parsed), logLevel: parsed.LOG_LEVEL })
}
