import { rm } from 'node:fs/promises'
import type { Server } from 'node:net'

/** Where a server listens: a Unix socket, or a TCP port (0 for any free one) on a host. */
export type ListenAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** Starts to listen. A socket file that a killed process left behind is replaced. */
export async function listenOn(server: Server, address: ListenAddress): Promise<void> {
  if ('socketPath' in address) await rm(address.socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    const where = 'socketPath' in address ? { path: address.socketPath } : address
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
