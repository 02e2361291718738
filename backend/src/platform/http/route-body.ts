import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { systemCodeOf } from '@guardimesh/kit'
import { RouteConfig } from '@nestjs/platform-fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Maximum JSON body of this route in bytes. */
    largeJsonBytes?: number
    /** The route receives its body as a stream. */
    isStreamed?: boolean
  }
}

/** Media type of a chunk of a resumable upload (tus 1.0). */
export const UPLOAD_MEDIA_TYPE = 'application/offset+octet-stream'

/** Raises the limit of JSON bodies for a route that is not public. */
export const LargeJson = (maxBytes: number) => RouteConfig({ largeJsonBytes: maxBytes })

/** Passes bodies of UPLOAD_MEDIA_TYPE to a route as streams of any length. */
export const StreamedBody = () => RouteConfig({ isStreamed: true })

const slowSockets = new WeakSet<Socket>()

/**
 * Exempts a request from the server's `requestTimeout`, which Node applies regardless of progress. The caller must detect idle connections.
 */
export function allowSlowBody(request: IncomingMessage): void {
  const { socket } = request
  slowSockets.add(socket)
  request.once('close', () => slowSockets.delete(socket))
}

/** Enables `allowSlowBody` on a server. Other `clientError` events reach the existing listeners. */
export function exemptSlowBodies(server: Server): void {
  const listeners = server.listeners('clientError') as ((error: Error, socket: Socket) => void)[]
  server.removeAllListeners('clientError')
  server.on('clientError', (error: Error, socket: Socket) => {
    if (systemCodeOf(error) === 'ERR_HTTP_REQUEST_TIMEOUT' && slowSockets.has(socket)) return
    for (const listener of listeners) listener(error, socket)
  })
}
