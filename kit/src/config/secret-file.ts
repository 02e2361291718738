import { readFileSync } from 'node:fs'
import { messageOf } from '../errors/guard-error.js'
import { ConfigError } from './config-error.js'

/**
 * Reads a secret from a file, and strips trailing white space, such as the newline that editors append.
 *
 * @throws ConfigError when the file cannot be read or is empty.
 */
export function readSecretFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`the secret file ${path} cannot be read: ${messageOf(error)}`)
  }
  const secret = text.trimEnd()
  if (secret === '') throw new ConfigError(`the secret file ${path} is empty`)
  return secret
}
