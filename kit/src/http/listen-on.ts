import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { systemCodeOf } from '../errors/guard-error.js'

/** Address of a server: a Unix socket, or a TCP port (0 for any free one) on a host. */
export type ListenAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** Starts listening. Replaces the stale socket file of a killed process. `::` means all addresses, with or without IPv6. */
export async function listenOn(server: Server, address: ListenAddress): Promise<void> {
  if ('socketPath' in address) await rm(address.socketPath, { force: true })
  const where = 'socketPath' in address ? { path: address.socketPath } : { host: await usableHost(address.host), port: address.port }
  server.listen(where)
  await once(server, 'listening')
}

/** Returns the host to listen on: `0.0.0.0` instead of `::` on a machine without IPv6, otherwise the host itself. */
export async function usableHost(host: string): Promise<string> {
  if (host !== '::') return host
  const trial = createServer().listen({ host, port: 0 })
  try {
    await once(trial, 'listening')
    return host
  } catch (error) {
    if (!WITHOUT_IPV6.includes(systemCodeOf(error) ?? '')) throw error
    return '0.0.0.0'
  } finally {
    trial.close()
  }
}

const WITHOUT_IPV6: readonly string[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL']
