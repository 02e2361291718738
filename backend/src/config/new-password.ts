import { PASSWORD_MAX_BYTES, PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { ConfigError, readSecretFile } from '@guardimesh/kit'

/** Reads a new password from a file. @throws ConfigError if the file is missing, or the password is too short or too long. */
export function readNewPassword(path: string): string {
  const password = readSecretFile(path)
  if ([...password].length < PASSWORD_MIN_LENGTH || Buffer.byteLength(password) > PASSWORD_MAX_BYTES)
    throw new ConfigError(
      `the password in ${path} must have at least ${PASSWORD_MIN_LENGTH} characters and at most ${PASSWORD_MAX_BYTES} bytes`,
    )
  return password
}
