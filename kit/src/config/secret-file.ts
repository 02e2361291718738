import { readFileSync } from 'node:fs'
import { messageOf } from '../errors/guard-error.js'
import { decodeText } from '../text/decode-text.js'
import { ConfigError } from './config-error.js'

/**
 * Reads a secret from a file without byte order mark and trailing white space, such as the newline that editors append.
 *
 * @throws ConfigError when the file cannot be read, is not UTF-8 text or is empty.
 */
export function readSecretFile(path: string): string {
  let text: string
  try {
    text = decodeText(readFileSync(path))
  } catch (error) {
    throw new ConfigError(`the secret file ${path} cannot be read: ${messageOf(error)}`)
  }
  const secret = text.trimEnd()
  if (secret === '') throw new ConfigError(`the secret file ${path} is empty`)
  return secret
}
