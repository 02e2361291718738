import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../config/config-error.js'
import { messageOf } from '../errors/guard-error.js'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * Reads the certificates of the authorities that a client believes. Give it as `ca` of each request (not of the agent): authorities that were
 * added then count from the next connection on, and connections of an agent's pool are kept apart by their authorities.
 *
 * @returns PEM, with at least one certificate; an empty `ca` would make Node believe the public authorities.
 * @throws ConfigError when the file cannot be read or a certificate in it.
 */
export function readCaFile(path: string): string {
  try {
    const certificates = readFileSync(path, 'utf8').match(CERTIFICATE) ?? []
    if (certificates.length === 0) throw new Error('there is no certificate in it')
    for (const certificate of certificates) new X509Certificate(certificate)
    return certificates.join('\n')
  } catch (error) {
    throw new ConfigError(`the file with certificate authorities ${path} cannot be used: ${messageOf(error)}`)
  }
}
