/** Places in a log line that may hold a secret by accident; redacted wherever they appear one or two levels deep. */
const SECRET_NAMES = ['password', 'passwordHash', 'key', 'apiKey', 'secret', 'token', 'authorization', 'cookie'] as const

export const REDACTED_PATHS: string[] = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
