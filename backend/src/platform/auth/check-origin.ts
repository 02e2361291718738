import { GuardError } from '@guardimesh/kit'
import type { FastifyRequest } from 'fastify'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that another site made a browser send (CSRF), in front of everything that changes something by a cookie, and of the login.
 *
 * Browsers send `Origin` with every unsafe request, so that it must be the console's own. A request without `Origin` comes from a program,
 * which sends no cookie against its will; it passes unless `Sec-Fetch-Site`, which only browsers send, says that it came from elsewhere.
 * Bodies are read as JSON, protobuf or pieces of uploads only, which a form of another site cannot send, and the cookie is SameSite=Strict: three locks.
 *
 * @param consoleOrigin the console's own, such as "https://guardimesh.example.org".
 * @throws GuardError ORIGIN_REFUSED.
 */
export function checkOrigin(request: FastifyRequest, consoleOrigin: string): void {
  if (SAFE_METHODS.has(request.method)) return
  const origin = request.headers.origin
  if (origin !== undefined && isConsole(origin, consoleOrigin)) return
  const site = request.headers['sec-fetch-site']
  if (origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new GuardError(
    'ORIGIN_REFUSED',
    `this is only taken from the console at ${consoleOrigin}; set PUBLIC_URL when the console has another address`,
  )
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A console on this machine goes by several names that all mean this machine; any other by one. */
function isConsole(origin: string, consoleOrigin: string): boolean {
  if (origin === consoleOrigin) return true
  const [asked, own] = [URL.parse(origin), URL.parse(consoleOrigin)]
  if (!asked || !own) return false
  const areLoopback = LOOPBACK_NAMES.has(asked.hostname) && LOOPBACK_NAMES.has(own.hostname)
  return areLoopback && asked.protocol === own.protocol && asked.port === own.port
}
