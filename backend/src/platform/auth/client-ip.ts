import type { FastifyRequest } from 'fastify'

/** Prefix of IPv4 addresses on a socket that listens on `::`. */
const MAPPED_IPV4 = /^::ffff:(?=[\d.]+$)/i

/** Returns the address of the client of a request. */
export function clientIpOf({ ip }: FastifyRequest): string {
  return ip.replace(MAPPED_IPV4, '')
}
