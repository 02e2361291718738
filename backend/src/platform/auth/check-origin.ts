import { GuardError } from '@guardimesh/kit'
import type { FastifyRequest } from 'fastify'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Rejects cross-site requests (CSRF) to routes that change something with a cookie, and to the login.
 *
 * Browsers send `Origin` with every unsafe request, and it must be that of the console. A request without `Origin` comes from another client,
 * which sends no cookies unintentionally; it passes unless `Sec-Fetch-Site`, which only browsers send, states a cross-site request.
 * Two more barriers exist: bodies are JSON, protobuf or upload chunks only, which a form cannot send, and the cookie is SameSite=Strict.
 *
 * @param consoleOrigin origin of the console, such as "https://guardimesh.example.org".
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
    `cross-site request rejected; only the console at ${consoleOrigin} is allowed. Set PUBLIC_URL if the console has another address`,
  )
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** All loopback names are equivalent for a console on this machine. */
function isConsole(origin: string, consoleOrigin: string): boolean {
  if (origin === consoleOrigin) return true
  const [sender, own] = [URL.parse(origin), URL.parse(consoleOrigin)]
  if (!sender || !own) return false
  const areLoopback = LOOPBACK_NAMES.has(sender.hostname) && LOOPBACK_NAMES.has(own.hostname)
  return areLoopback && sender.protocol === own.protocol && sender.port === own.port
}
