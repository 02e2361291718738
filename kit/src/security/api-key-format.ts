import { createHash, randomBytes, randomInt } from 'node:crypto'

const PREFIX_LENGTH = 8
const PREFIX_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 256 bits: nobody guesses it, so a fast hash is enough to store it. */
const SECRET_BYTES = 32
const KEY_PATTERN = /^(gmk_[a-z0-9]{8})_[A-Za-z0-9_-]{43}$/

/** An API key, `gmk_<prefix>_<secret>`, and what the database keeps of it. The prefix is shown and may be logged, the whole key is shown once. */
export interface ApiKeyParts {
  readonly key: string
  /** `gmk_<prefix>`. */
  readonly prefix: string
  readonly hash: Buffer
}

/** Makes an API key of 256 random bits. */
export function newApiKey(): ApiKeyParts {
  const letters = Array.from({ length: PREFIX_LENGTH }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('')
  const prefix = `gmk_${letters}`
  const key = `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { key, prefix, hash: hashSecret(key) }
}

/** Takes a text apart that somebody gave as an API key; undefined when it has not the form of one, and need not be looked up. Pure. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const prefix = KEY_PATTERN.exec(text)?.[1]
  return prefix === undefined ? undefined : { key: text, prefix, hash: hashSecret(text) }
}

/** SHA-256 of a random secret (an API key, a session's token): what the database keeps of it. Pure. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
