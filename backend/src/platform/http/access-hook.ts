import type { FastifyInstance } from 'fastify'
import type { AccessChecker } from '../auth/access-checker.js'
import type { DescribedRoute } from './described-routes.js'

/**
 * Checks the access of each request before its body is read, so that only clients with access can use the memory for large bodies. Call it after
 * the cookie plugin is registered, because hooks run in the order of registration.
 */
export function addAccessHook(server: FastifyInstance, checker: AccessChecker, routes: readonly DescribedRoute[]): void {
  const accessOf = new Map(routes.map(({ method, path, access }) => [`${method} ${path}`, access]))
  server.addHook('onRequest', async (request) => {
    // A path without a route has no handler that could read a body.
    const { url } = request.routeOptions
    const method = request.method === 'HEAD' && !accessOf.has(`HEAD ${url}`) ? 'GET' : request.method
    const access = accessOf.get(`${method} ${url}`)
    if (access) await checker.check(request, access)
  })
}
