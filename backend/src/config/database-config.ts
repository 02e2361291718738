import { readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'

/** Database settings of every process. */
export const DatabaseEnv = z.object({
  /** `postgres://user@host:port/database`; supports `sslmode` and the other parameters of libpq URLs. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://user@host:port/database' })
    .refine((url) => new URL(url).password === '', 'must not contain a password; use DATABASE_PASSWORD_FILE'),
  /** File with the password; unset if the server requires none. */
  DATABASE_PASSWORD_FILE: z.string().min(1).optional(),
})

/** Log level of every process. */
export const LogEnv = z.object({ LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info') })

/** Returns the database URL including the password: never log it. @throws ConfigError if the password file cannot be read. */
export function databaseUrl(env: z.infer<typeof DatabaseEnv>): string {
  const url = new URL(env.DATABASE_URL)
  if (env.DATABASE_PASSWORD_FILE !== undefined) url.password = encodeURIComponent(readSecretFile(env.DATABASE_PASSWORD_FILE))
  return url.href
}
