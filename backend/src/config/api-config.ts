import { DEFAULT_ADMINISTRATOR_EMAIL, HOUR_MS, MINUTE_MS } from '@guardimesh/contracts'
import { type CertificateFiles, ConfigError, readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'
import { EncryptionEnv, encryptionKeys } from './encryption-keys.js'
import { readNetworks } from './networks.js'
import { type SignatureServerAddress, SignatureServerEnv, signatureServerAddress } from './signature-server-config.js'

const Limit = z.coerce.number().int().min(1).optional()
/** The largest cluster that Kubernetes supports. */
const NODE_LIMIT_DEFAULT = 5_000
const SESSION_HOURS_DEFAULT = 7 * 24
const SESSION_HOURS_MAX = 90 * 24
const SESSION_IDLE_MINUTES_DEFAULT = 24 * 60

const ApiEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  ...EncryptionEnv.shape,
  ...SignatureServerEnv.shape,
  LISTEN_HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  TLS_CERTIFICATE_FILE: z.string().min(1).optional(),
  TLS_KEY_FILE: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: z.string().default('').transform(readNetworks),
  CONSOLE_FOLDER: z.string().min(1).optional(),
  FIRST_ADMIN_EMAIL: z.email().max(254).default(DEFAULT_ADMINISTRATOR_EMAIL),
  FIRST_ADMIN_PASSWORD_FILE: z.string().min(1).optional(),
  NODE_LIMIT: z.coerce.number().int().min(1).default(NODE_LIMIT_DEFAULT),
  INGEST_RESULTS_PER_SECOND: Limit,
  API_KEY_LIMIT: Limit,
  SESSION_HOURS: z.coerce.number().int().min(1).max(SESSION_HOURS_MAX).default(SESSION_HOURS_DEFAULT),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(SESSION_HOURS_MAX * 60)
    .default(SESSION_IDLE_MINUTES_DEFAULT),
})

/** Limits of the installation; undefined: no limit. */
export interface Limits {
  /** Nodes whose results are accepted. */
  readonly nodes: number | undefined
  /** Results per second that this process accepts. */
  readonly ingestResultsPerSecond: number | undefined
  /** Active API keys. */
  readonly apiKeys: number | undefined
}

/** Settings of the API process. */
export interface ApiConfig {
  /** Contains the password; never log it. */
  readonly databaseUrl: string
  /** Keys of the secrets in the database; never log them. */
  readonly encryptionKeys: readonly Buffer[]
  readonly listenHost: string
  readonly port: number
  /** Certificate of the API; undefined: plain HTTP. */
  readonly tls: CertificateFiles | undefined
  /**
   * Address of the console for users. With https, the session cookie is Secure. Origin headers must match its origin.
   * Undefined: https, under any host name that reaches this process.
   */
  readonly publicUrl: URL | undefined
  /** Addresses and networks whose X-Forwarded-For and X-Forwarded-Host headers are trusted. */
  readonly trustedProxies: readonly string[]
  /** Folder of the built console; undefined: not served. */
  readonly consoleFolder: string | undefined
  readonly firstAdminEmail: string
  /** File for the generated password of the first administrator. */
  readonly firstAdminPasswordFile: string | undefined
  /** Undefined: no signature server is configured. */
  readonly signatureServer: SignatureServerAddress | undefined
  readonly limits: Limits
  /** Lifetime of login sessions, and the time without use after which they end. */
  readonly sessions: { readonly lifetimeMs: number; readonly idleMs: number }
  readonly logLevel: string
}

/** Reads the settings. @throws ConfigError that lists all errors. */
export function readApiConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const parsed = readConfig(ApiEnv, env)
  const tls = certificateFiles(parsed)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    encryptionKeys: encryptionKeys(parsed),
    listenHost: parsed.LISTEN_HOST,
    port: parsed.PORT,
    tls,
    publicUrl: parsed.PUBLIC_URL ? new URL(parsed.PUBLIC_URL) : tls ? undefined : new URL(`http://127.0.0.1:${parsed.PORT}`),
    trustedProxies: parsed.TRUSTED_PROXIES,
    consoleFolder: parsed.CONSOLE_FOLDER,
    firstAdminEmail: parsed.FIRST_ADMIN_EMAIL,
    firstAdminPasswordFile: parsed.FIRST_ADMIN_PASSWORD_FILE,
    signatureServer: signatureServerAddress(parsed),
    limits: {
      nodes: parsed.NODE_LIMIT,
      ingestResultsPerSecond: parsed.INGEST_RESULTS_PER_SECOND,
      apiKeys: parsed.API_KEY_LIMIT,
    },
    sessions: { lifetimeMs: parsed.SESSION_HOURS * HOUR_MS, idleMs: parsed.SESSION_IDLE_MINUTES * MINUTE_MS },
    logLevel: parsed.LOG_LEVEL,
  })
}

function certificateFiles(env: z.infer<typeof ApiEnv>): CertificateFiles | undefined {
  const { TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile } = env
  if (certificateFile !== undefined && keyFile !== undefined) return { certificateFile, keyFile }
  if (certificateFile === undefined && keyFile === undefined) return undefined
  throw new ConfigError('TLS needs both TLS_CERTIFICATE_FILE and TLS_KEY_FILE: set both or neither')
}
