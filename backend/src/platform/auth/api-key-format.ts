import { createHash, randomBytes, randomInt } from 'node:crypto'

const PREFIX_LENGTH = 8
const PREFIX_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 256 bits: nobody guesses it, so a fast hash is enough to store it. */
const SECRET_BYTES = 32
const KEY_PATTERN = /^gmk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/

/** A new API key, `gmk_<prefix>_<secret>`. Its prefix is shown and may be logged, the whole key is shown once. */
export interface NewApiKey {
  readonly key: string
  readonly prefix: string
  readonly hash: Buffer
}

/** Makes an API key of 256 random bits. */
export function newApiKey(): NewApiKey {
  const prefix = Array.from({ length: PREFIX_LENGTH }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('')
  const key = `gmk_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { key, prefix: `gmk_${prefix}`, hash: hashSecret(key) }
}

/** True when a text has the form of an API key; anything else need not be looked up. Pure. */
export function isApiKey(text: string): boolean {
  return KEY_PATTERN.test(text)
}

/** SHA-256 of a random secret (an API key, a session's token): what the database keeps of it. Pure. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
