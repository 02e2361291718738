import { isIP } from 'node:net'
import { CommandError } from '../command-error.js'

/** Address of the images in a registry. */
export interface RegistryAddress {
  /** "https://registry.example:5000", without the default port. */
  readonly origin: string
  /** "registry.example:5000", as image names begin. */
  readonly host: string
  /** "security/", or empty: prefix of the image names. */
  readonly prefix: string
}

/** Format of the field `images.registry` of a GuardimeshPlatform. */
const ADDRESS_PATTERN = /^([a-z0-9][a-z0-9.-]*(?::[0-9]+)?)((?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)$/

/**
 * Pure.
 *
 * @param text "registry.example:5000/security".
 * @throws CommandError when it is not the address of a registry.
 */
export function parseRegistry(text: string, isPlainHttp: boolean): RegistryAddress {
  const [, host, path = ''] = ADDRESS_PATTERN.exec(text) ?? []
  const url = URL.parse(`${isPlainHttp ? 'http' : 'https'}://${host}`)
  if (host === undefined || !url)
    throw new CommandError(
      `"${text}" is not a registry address: use HOST, HOST:PORT or HOST:PORT/PATH, in lower case and without https://.`,
    )
  return { origin: url.origin, host, prefix: path === '' ? '' : `${path.slice(1)}/` }
}

/** Whether an address is this machine, so that data does not cross a network. Pure. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}
