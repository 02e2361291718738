import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'

const ApiEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  LISTEN_HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  CONSOLE_FOLDER: z.string().min(1).optional(),
  FIRST_ADMIN_EMAIL: z.email().max(254).default('admin@guardimesh.local'),
  FIRST_ADMIN_PASSWORD_FILE: z.string().min(1).optional(),
})

/** Settings of the API process. */
export interface ApiConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  readonly listenHost: string
  readonly port: number
  /** Where people reach the console. With https the session cookie is Secure; Origin headers are compared with its origin. */
  readonly publicUrl: URL
  /** Built console to serve; undefined: none. */
  readonly consoleFolder: string | undefined
  readonly firstAdminEmail: string
  /** Where the first administrator's generated password is written. */
  readonly firstAdminPasswordFile: string | undefined
  readonly logLevel: string
}

/** @throws ConfigError that names every mistake. */
export function readApiConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const parsed = readConfig(ApiEnv, env)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    listenHost: parsed.LISTEN_HOST,
    port: parsed.PORT,
    publicUrl: new URL(parsed.PUBLIC_URL ?? `http://127.0.0.1:${parsed.PORT}`),
    consoleFolder: parsed.CONSOLE_FOLDER,
    firstAdminEmail: parsed.FIRST_ADMIN_EMAIL,
    firstAdminPasswordFile: parsed.FIRST_ADMIN_PASSWORD_FILE,
    logLevel: parsed.LOG_LEVEL,
  })
}
