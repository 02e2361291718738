import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../config/config-error.js'
import { messageOf } from '../errors/guard-error.js'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * Reads the certificate authorities that a client trusts. Pass them as `ca` of each request, not of the agent: a rotated file is then used
 * for the next connection, because an agent separates connections by their authorities.
 *
 * @returns PEM with at least one certificate. An empty `ca` would make Node trust the public authorities.
 * @throws ConfigError when the file or a certificate in it is unreadable.
 */
export function readCaFile(path: string): string {
  try {
    const certificates = readFileSync(path, 'utf8').match(CERTIFICATE) ?? []
    if (certificates.length === 0) throw new Error('it contains no certificate')
    for (const certificate of certificates) new X509Certificate(certificate)
    return certificates.join('\n')
  } catch (error) {
    throw new ConfigError(`invalid CA file ${path}: ${messageOf(error)}`)
  }
}
