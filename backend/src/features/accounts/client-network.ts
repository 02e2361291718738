import { isIPv6 } from 'node:net'

/** Groups of an IPv6 address that identify a network: a client controls the other half. */
const NETWORK_GROUPS = 4
const GROUPS = 8

/** Returns the unit for limits per client: an IPv4 address, or the /64 network of an IPv6 address. Pure. */
export function clientNetwork(address: string): string {
  const plain = address.split('%', 1)[0] ?? address
  if (!isIPv6(plain) || plain.includes('.')) return address
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? before : [...before, ...Array<string>(GROUPS - before.length - after.length).fill('0'), ...after]
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
