import { isIP } from 'node:net'
import { CommandError } from '../command-error.js'

/** Where images go. */
export interface RegistryAddress {
  /** "https://registry.example:5000". */
  readonly origin: string
  /** "registry.example:5000", as image names begin. */
  readonly host: string
  /** "security/", or empty: what comes before the name of an image. */
  readonly prefix: string
}

/** As the field `images.registry` of a GuardimeshPlatform takes it. */
const ADDRESS_PATTERN = /^([a-z0-9][a-z0-9.-]*(?::[0-9]+)?)((?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)$/

/**
 * Pure.
 *
 * @param text "registry.example:5000/security".
 * @throws CommandError when it is no address of a registry.
 */
export function parseRegistry(text: string, isPlainHttp: boolean): RegistryAddress {
  const [, host, path = ''] = ADDRESS_PATTERN.exec(text) ?? []
  if (host === undefined)
    throw new CommandError(`"${text}" is no registry: write HOST, HOST:PORT or HOST:PORT/PATH, in lower case and without https://.`)
  return { origin: `${isPlainHttp ? 'http' : 'https'}://${host}`, host, prefix: path === '' ? '' : `${path.slice(1)}/` }
}

/** True for this machine itself: what is sent there crosses no network. Pure. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}
