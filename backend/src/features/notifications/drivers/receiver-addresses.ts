import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'

/** Code of an error for an address that webhooks must not reach. */
export const ADDRESS_REFUSED = 'ADDRESS_REFUSED'
/** Loopback, link-local, unspecified, multicast, reserved and broadcast addresses. IPv4 rules also match IPv4-mapped IPv6 addresses. */
const INTERNAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['ff00::', 8],
]
/** The largest range of service addresses that Kubernetes accepts has 20 bits, for both IPv4 and IPv6. */
const SERVICE_RANGE_BITS = 20
const IPV4_BITS = 32
const IPV6_BITS = 128

/**
 * Decides which addresses webhooks may reach, so that a channel cannot be used to send requests to the worker itself, to the metadata service of a
 * cloud or to services of the cluster.
 */
export class ReceiverAddresses {
  readonly #refused = new BlockList()
  readonly #allowed = new BlockList()

  /**
   * @param allowedNetworks addresses and networks that are allowed although they are internal.
   * @param serviceHost address of the API of the cluster, which is the first address of the range of services; undefined outside a cluster.
   */
  constructor(allowedNetworks: readonly string[], serviceHost: string | undefined) {
    for (const [address, length] of INTERNAL) this.#refused.addSubnet(address, length, familyOf(address))
    if (serviceHost !== undefined && isIP(serviceHost) !== 0)
      this.#refused.addSubnet(serviceHost, servicePrefix(serviceHost), familyOf(serviceHost))
    for (const network of allowedNetworks) {
      const [address = '', length] = network.split('/')
      this.#allowed.addSubnet(address, Number(length ?? (isIPv4(address) ? IPV4_BITS : IPV6_BITS)), familyOf(address))
    }
  }

  /** True if webhooks may reach this address. */
  isAllowed(address: string): boolean {
    const family = familyOf(address)
    return this.#allowed.check(address, family) || !this.#refused.check(address, family)
  }

  /** Resolves a host name to its allowed addresses at the time of the connection. Fails with ADDRESS_REFUSED if there are only others. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const allowed = error ? [] : found.filter(({ address }) => this.isAllowed(address))
      const [first] = allowed
      if (error) callback(error, '', 0)
      else if (!first) callback(refusedAddress(found[0]?.address ?? hostname), '', 0)
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Returns the error for an address that webhooks must not reach; its message is the address. Pure. */
export function refusedAddress(address: string): NodeJS.ErrnoException {
  return Object.assign(new Error(address), { code: ADDRESS_REFUSED })
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

/**
 * Returns the prefix length of the range of services. The environment contains the first address after its base, but not its size: the base is
 * aligned to the size, so the largest aligned range contains all services.
 */
function servicePrefix(serviceHost: string): number {
  if (!isIPv4(serviceHost)) return IPV6_BITS - SERVICE_RANGE_BITS
  const base = serviceHost.split('.').reduce((value, part) => value * 256 + Number(part), 0) - 1
  let bits = 0
  while (bits < SERVICE_RANGE_BITS && base % 2 ** (bits + 1) === 0) bits++
  return IPV4_BITS - bits
}
