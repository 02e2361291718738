import { readFileSync } from 'node:fs'
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { ConfigError, decodeText, messageOf } from '@guardimesh/kit'

/** The line end that editors append. Spaces belong to the password, as in the console. */
const LAST_LINE_END = /\r?\n$/

/**
 * Reads a new password from a file with one line, without byte order mark and line end.
 *
 * @throws ConfigError if the file is missing or has several lines, or the password is too short or too long.
 */
export function readNewPassword(path: string): string {
  const password = readText(path).replace(LAST_LINE_END, '')
  if (/[\r\n\0]/.test(password)) throw new ConfigError(`the file ${path} must contain one line of text, the password`)
  if ([...password].length < PASSWORD_MIN_LENGTH || Buffer.byteLength(password.normalize('NFC')) > PASSWORD_MAX_BYTES)
    throw new ConfigError(
      `the password in ${path} must have at least ${PASSWORD_MIN_LENGTH} characters and at most ${PASSWORD_MAX_BYTES} bytes`,
    )
  return password
}

function readText(path: string): string {
  try {
    return decodeText(readFileSync(path))
  } catch (error) {
    throw new ConfigError(`the secret file ${path} cannot be read: ${messageOf(error)}`)
  }
}
