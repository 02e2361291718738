import { ConfigError, readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'

/** Encryption settings of API and worker. */
export const EncryptionEnv = z.object({
  /** Keys of the secrets in the database, one in each line: the first one encrypts, all of them decrypt. */
  ENCRYPTION_KEY_FILE: z.string().min(1),
})

/** Size of an AES-256 key. */
export const KEY_BYTES = 32
/** A rotation needs two. */
const KEYS_MAX = 10
/** 32 bytes in base64 or base64url. */
const KEY = /^[A-Za-z0-9+/_-]{43}=?$/

/** Returns the keys: never log them. @throws ConfigError if the file cannot be read or a line is not a key. */
export function encryptionKeys({ ENCRYPTION_KEY_FILE: path }: z.infer<typeof EncryptionEnv>): readonly Buffer[] {
  const lines = readSecretFile(path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length > KEYS_MAX)
    throw new ConfigError(`the file ${path} has ${lines.length} keys; remove old ones, the maximum is ${KEYS_MAX}`)
  const invalid = lines.findIndex((line) => !KEY.test(line))
  if (invalid >= 0)
    throw new ConfigError(
      `the key ${invalid + 1} in the file ${path} is invalid; each line must be ${KEY_BYTES} bytes in base64, as from: openssl rand -base64 ${KEY_BYTES}`,
    )
  return lines.map((line) => Buffer.from(line, 'base64'))
}
