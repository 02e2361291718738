import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

/** A file's, too. */
const Folder = z.string().startsWith('/', 'give an absolute path')

const Env = z
  .object({
    SIGNATURES_FOLDER: Folder.default('/signatures'),
    STARTER_FOLDER: Folder.default('/app/signatures'),
    LISTEN_HOST: z.string().min(1).default('::'),
    PORT: z.coerce.number().int().min(1).max(65_535).default(8443),
    TLS_CERTIFICATE_FILE: Folder.optional(),
    TLS_KEY_FILE: Folder.optional(),
    STABLE_SECONDS: z.coerce.number().min(0.1).max(3600).default(5),
    CATALOG_KEY_FILE: Folder.optional(),
    MANAGEMENT_KEY_FILE: Folder.optional(),
    TRUSTED_KEYS_FOLDER: Folder.optional(),
    UNSIGNED_FILES: z.enum(['accept', 'refuse']).default('accept'),
    GOLDEN_FOLDERS: z
      .string()
      .transform((text) => text.split(':').filter((folder) => folder !== ''))
      .pipe(z.array(Folder).max(50))
      .default([]),
    TEST_LOAD_SECONDS: z.coerce.number().min(1).max(3600).optional(),
    TEST_LOAD_MEMORY_MIB: z.coerce.number().int().min(64).max(65_536).optional(),
    MAX_DOWNLOADS: z.coerce.number().int().min(1).max(5000).default(256),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine((env) => (env.TLS_CERTIFICATE_FILE === undefined) === (env.TLS_KEY_FILE === undefined), {
    path: ['TLS_KEY_FILE'],
    message: 'set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither for HTTP',
  })

/** Settings of the signature server; docs/reference/cluster.md lists them. */
export type ServerConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readServerConfig(env: NodeJS.ProcessEnv): ServerConfig {
  return readConfig(Env, env)
}
