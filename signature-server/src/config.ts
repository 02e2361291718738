import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const AbsolutePath = z.string().startsWith('/', 'must be an absolute path')

const Env = z
  .object({
    SIGNATURES_FOLDER: AbsolutePath.default('/signatures'),
    STARTER_FOLDER: AbsolutePath.default('/app/signatures'),
    LISTEN_HOST: z.string().min(1).default('::'),
    PORT: z.coerce.number().int().min(1).max(65_535).default(8443),
    TLS_CERTIFICATE_FILE: AbsolutePath.optional(),
    TLS_KEY_FILE: AbsolutePath.optional(),
    STABLE_SECONDS: z.coerce.number().min(0.1).max(3600).default(5),
    CATALOG_KEY_FILE: AbsolutePath.optional(),
    MANAGEMENT_KEY_FILE: AbsolutePath.optional(),
    TRUSTED_KEYS_FOLDER: AbsolutePath.optional(),
    UNSIGNED_FILES: z.enum(['accept', 'refuse']).default('accept'),
    GOLDEN_FOLDERS: z
      .string()
      .transform((text) => text.split(':').filter((folder) => folder !== ''))
      .pipe(z.array(AbsolutePath).max(50))
      .default([]),
    TEST_LOAD_SECONDS: z.coerce.number().min(1).max(3600).optional(),
    TEST_LOAD_MEMORY_MIB: z.coerce.number().int().min(64).max(65_536).optional(),
    MAX_DOWNLOADS: z.coerce.number().int().min(1).max(5000).default(256),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine((env) => (env.TLS_CERTIFICATE_FILE === undefined) === (env.TLS_KEY_FILE === undefined), {
    path: ['TLS_KEY_FILE'],
    message: 'set both TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither for HTTP',
  })

/** Configuration of the signature server; docs/reference/cluster.md describes the environment variables. */
export interface SignatureServerConfig {
  readonly signaturesFolder: string
  readonly starterFolder: string
  readonly listenHost: string
  readonly port: number
  /** Undefined for HTTP. */
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined
  /** Time without a change of size and modification time before a file is imported. */
  readonly stableMs: number
  readonly catalogKeyFile: string | undefined
  readonly managementKeyFile: string | undefined
  readonly trustedKeysFolder: string | undefined
  readonly acceptsUnsigned: boolean
  readonly goldenFolders: readonly string[]
  readonly testLoad: { readonly timeoutMs?: number; readonly memoryBytes?: number }
  readonly maxDownloads: number
  readonly logLevel: z.infer<typeof Env>['LOG_LEVEL']
}

/** Reads the configuration from environment variables. @throws ConfigError that names every invalid one. */
export function readSignatureServerConfig(env: NodeJS.ProcessEnv): SignatureServerConfig {
  return Object.freeze(toConfig(readConfig(Env, env)))
}

function toConfig(env: z.infer<typeof Env>): SignatureServerConfig {
  const { TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile } = env
  return {
    signaturesFolder: env.SIGNATURES_FOLDER,
    starterFolder: env.STARTER_FOLDER,
    listenHost: env.LISTEN_HOST,
    port: env.PORT,
    tls: certificateFile === undefined || keyFile === undefined ? undefined : { certificateFile, keyFile },
    stableMs: env.STABLE_SECONDS * SECOND_MS,
    catalogKeyFile: env.CATALOG_KEY_FILE,
    managementKeyFile: env.MANAGEMENT_KEY_FILE,
    trustedKeysFolder: env.TRUSTED_KEYS_FOLDER,
    acceptsUnsigned: env.UNSIGNED_FILES === 'accept',
    goldenFolders: env.GOLDEN_FOLDERS,
    testLoad: {
      ...(env.TEST_LOAD_SECONDS !== undefined && { timeoutMs: env.TEST_LOAD_SECONDS * SECOND_MS }),
      ...(env.TEST_LOAD_MEMORY_MIB !== undefined && { memoryBytes: env.TEST_LOAD_MEMORY_MIB * MIB_BYTES }),
    },
    maxDownloads: env.MAX_DOWNLOADS,
    logLevel: env.LOG_LEVEL,
  }
}
