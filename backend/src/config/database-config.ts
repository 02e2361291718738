import { readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'

/** How to reach the database; the same for every process. */
export const DatabaseEnv = z.object({
  /** `postgres://user@host:port/database`; `sslmode` and the other parameters of libpq's URLs are honoured. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'give postgres://user@host:port/database' })
    .refine((url) => new URL(url).password === '', 'leave the password out and put it into DATABASE_PASSWORD_FILE'),
  /** File with the password; unset when the server asks for none. */
  DATABASE_PASSWORD_FILE: z.string().min(1).optional(),
})

/** Level of the log; every process has it. */
export const LogEnv = z.object({ LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info') })

/** @returns the URL with the password of the file in it: never log it. @throws ConfigError when the file cannot be read. */
export function databaseUrl(env: z.infer<typeof DatabaseEnv>): string {
  const url = new URL(env.DATABASE_URL)
  if (env.DATABASE_PASSWORD_FILE !== undefined) url.password = encodeURIComponent(readSecretFile(env.DATABASE_PASSWORD_FILE))
  return url.href
}
