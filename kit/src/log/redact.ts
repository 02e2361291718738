/** Names of fields that may accidentally contain a secret; redacted at the top level and up to two levels below. */
const SECRET_NAMES = ['password', 'passwordHash', 'key', 'apiKey', 'secret', 'token', 'authorization', 'cookie'] as const

export const REDACTED_PATHS: string[] = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
