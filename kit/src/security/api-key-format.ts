import { createHash, randomBytes, randomInt } from 'node:crypto'

const PREFIX_LENGTH = 8
const PREFIX_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 256 random bits cannot be guessed, so a fast hash is sufficient for the stored key. */
const SECRET_BYTES = 32
const KEY_PATTERN = /^(gmk_[a-z0-9]{8})_[A-Za-z0-9_-]{43}$/

/** An API key, `gmk_<prefix>_<secret>`, and its stored form. The prefix may be logged; the complete key is displayed only once. */
export interface ApiKeyParts {
  readonly key: string
  /** `gmk_<prefix>`. */
  readonly prefix: string
  readonly hash: Buffer
}

/** Creates an API key of 256 random bits. */
export function newApiKey(): ApiKeyParts {
  const letters = Array.from({ length: PREFIX_LENGTH }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('')
  const prefix = `gmk_${letters}`
  const key = `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { key, prefix, hash: hashSecret(key) }
}

/** Parses an API key. @returns undefined for malformed text, so callers can skip the database query. Pure. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const prefix = KEY_PATTERN.exec(text)?.[1]
  return prefix === undefined ? undefined : { key: text, prefix, hash: hashSecret(text) }
}

/** Returns the SHA-256 of a random secret (an API key, a session token), its form in the database. Pure. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
