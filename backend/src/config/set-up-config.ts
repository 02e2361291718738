import { existsSync } from 'node:fs'
import { CreateApiKey, DEFAULT_ADMINISTRATOR_EMAIL } from '@guardimesh/contracts'
import { type ApiKeyParts, ConfigError, parseApiKey, readConfig, readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'
import { readNewPassword } from './new-password.js'

const SetUpEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  FIRST_ADMIN_EMAIL: z.email().max(254).default(DEFAULT_ADMINISTRATOR_EMAIL),
  ADMIN_PASSWORD_FILE: z.string().min(1),
  INGESTION_KEY_FILE: z.string().min(1),
  INGESTION_KEY_LABEL: CreateApiKey.shape.label.default('Scanners'),
})

/** Settings of the set-up Job. */
export interface SetUpConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  /** Without a password, an account must exist. */
  readonly administrator: { readonly email: string; readonly password: string | undefined }
  /** API key of the scanners. */
  readonly ingestionKey: ApiKeyParts
  readonly ingestionKeyLabel: string
  readonly logLevel: string
}

/** The settings, or why they are invalid: the Job writes an invalid configuration to its termination message, too. */
export interface SetUpJobConfig {
  readonly settings: SetUpConfig | ConfigError
  /** Path of the termination message that Kubernetes reads. */
  readonly terminationLog: string
  /** Undefined for invalid settings. */
  readonly logLevel: string | undefined
}

/** Reads the settings; never throws a ConfigError. */
export function readSetUpJobConfig(env: NodeJS.ProcessEnv): SetUpJobConfig {
  const terminationLog = env.TERMINATION_LOG || '/dev/termination-log'
  try {
    const settings = readSetUpConfig(env)
    return Object.freeze({ settings, terminationLog, logLevel: settings.logLevel })
  } catch (error) {
    if (error instanceof ConfigError) return Object.freeze({ settings: error, terminationLog, logLevel: undefined })
    throw error
  }
}

function readSetUpConfig(env: NodeJS.ProcessEnv): SetUpConfig {
  const parsed = readConfig(SetUpEnv, env)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    administrator: { email: parsed.FIRST_ADMIN_EMAIL, password: readPassword(parsed.ADMIN_PASSWORD_FILE) },
    ingestionKey: readKey(parsed.INGESTION_KEY_FILE),
    ingestionKeyLabel: parsed.INGESTION_KEY_LABEL,
    logLevel: parsed.LOG_LEVEL,
  })
}

/** The Secret may be deleted once an account exists. */
function readPassword(path: string): string | undefined {
  return existsSync(path) ? readNewPassword(path) : undefined
}

function readKey(path: string): ApiKeyParts {
  const key = parseApiKey(readSecretFile(path))
  if (!key) throw new ConfigError(`the file ${path} contains no valid API key; the format is gmk_<8 letters or digits>_<43 characters>`)
  return key
}
