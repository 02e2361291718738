import { createServer } from 'node:net'
import { GuardError, listenOn, systemCodeOf } from '@guardimesh/kit'

const HOST = '127.0.0.1'
const ATTEMPTS = 100

/**
 * Finds a TCP port on loopback that nobody listens on just now.
 *
 * @param preferred the first to try, then the ones after it; 0 for any.
 * @throws GuardError INTERNAL when a hundred ports in a row are taken.
 */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + ATTEMPTS; port++) {
    const found = await tryPort(port)
    if (found !== undefined) return found
  }
  throw new GuardError('INTERNAL', `the ports from ${preferred} to ${preferred + ATTEMPTS - 1} are all taken`)
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
