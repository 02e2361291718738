import { createServer } from 'node:net'
import { listenOn, systemCodeOf } from '@guardimesh/kit'

const HOST = '127.0.0.1'
const ATTEMPTS = 100

/**
 * Finds a free TCP port on loopback.
 *
 * @param preferred the first port to try, followed by the next ones; 0 for any.
 * @throws Error when a hundred consecutive ports are in use.
 */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + ATTEMPTS; port++) {
    const found = await tryPort(port)
    if (found !== undefined) return found
  }
  throw new Error(`all ports from ${preferred} to ${preferred + ATTEMPTS - 1} are in use`)
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  try {
    await listenOn(server, { host: HOST, port })
  } catch (error) {
    if (systemCodeOf(error) === 'EADDRINUSE') return undefined
    throw error
  }
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? address?.port : undefined
}
