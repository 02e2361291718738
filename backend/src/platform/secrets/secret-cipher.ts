import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const KEY_ID_BYTES = 4
/** The size that GCM uses unchanged. Source: NIST SP 800-38D, section 8.2. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const VERSION = 'gmenc1'
/** The base64url of nonce and tag alone, for an empty text, has 38 characters. */
const FORMAT = new RegExp(`^${VERSION}\\.([0-9a-f]{${KEY_ID_BYTES * 2}})\\.([A-Za-z0-9_-]{38,})$`)

interface CipherKey {
  readonly id: string
  readonly bytes: Buffer
}

/**
 * Encrypts secrets for the database with AES-256-GCM, to `gmenc1.<key id>.<nonce, ciphertext and tag in base64url>`. The key id is the
 * beginning of the SHA-256 of the key.
 */
export class SecretCipher {
  readonly #first: CipherKey
  readonly #keys: ReadonlyMap<string, CipherKey>

  /** @param keys 32 bytes each: the first one encrypts, all of them decrypt. */
  constructor(keys: readonly Buffer[]) {
    const all = keys.map((bytes) => ({ id: keyIdOf(bytes), bytes }))
    if (!all[0]) throw new Error('a cipher needs at least one key')
    this.#first = all[0]
    this.#keys = new Map(all.map((key) => [key.id, key]))
  }

  /** @param context identifies the place of the text: the result cannot be decrypted in another place. */
  encrypt(text: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.#first.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${VERSION}.${this.#first.id}.${sealed.toString('base64url')}`
  }

  /** @returns undefined if the key is unknown, or the text was changed or belongs to another context. */
  decrypt(encrypted: string, context: string): string | undefined {
    const [, keyId = '', encoded = ''] = FORMAT.exec(encrypted) ?? []
    const key = this.#keys.get(keyId)
    if (!key) return undefined
    const sealed = Buffer.from(encoded, 'base64url')
    const [nonce, ciphertext, tag] = [
      sealed.subarray(0, NONCE_BYTES),
      sealed.subarray(NONCE_BYTES, -TAG_BYTES),
      sealed.subarray(-TAG_BYTES),
    ]
    try {
      const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag)
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }

  /** True if the text has the format of `encrypt`, regardless of the key. */
  isEncrypted(text: string): boolean {
    return FORMAT.test(text)
  }

  /** True if the first key has encrypted the text. */
  isCurrent(text: string): boolean {
    return FORMAT.exec(text)?.[1] === this.#first.id
  }
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES).toString('hex')
}
