import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { systemCodeOf } from '@guardimesh/kit'
import { RouteConfig } from '@nestjs/platform-fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** JSON bodies of this route may be larger than others, bytes; they are read from who has valid credentials only. */
    largeJsonBytes?: number
    /** Bodies of this route are not read but given as the stream that they are. */
    isStreamed?: boolean
  }
}

/** Media type of a piece of a resumable upload (tus 1.0). */
export const UPLOAD_MEDIA_TYPE = 'application/offset+octet-stream'

/** Lets a route take JSON bodies of this size, from who has valid credentials. */
export const LargeJson = (maxBytes: number) => RouteConfig({ largeJsonBytes: maxBytes })

/** Gives the bodies of UPLOAD_MEDIA_TYPE to a route as streams of any length. */
export const StreamedBody = () => RouteConfig({ isStreamed: true })

const slowSockets = new WeakSet<Socket>()

/**
 * Lets the body of a request take as long as it needs: Node gives up what is not there after the server's `requestTimeout`, however much
 * moved meanwhile. Whoever calls this watches that something moves.
 */
export function allowSlowBody(request: IncomingMessage): void {
  const { socket } = request
  slowSockets.add(socket)
  request.once('close', () => slowSockets.delete(socket))
}

/** Makes `allowSlowBody` count on a server: every other listener of `clientError` hears of all else. */
export function exemptSlowBodies(server: Server): void {
  const listeners = server.listeners('clientError') as ((error: Error, socket: Socket) => void)[]
  server.removeAllListeners('clientError')
  server.on('clientError', (error: Error, socket: Socket) => {
    if (systemCodeOf(error) === 'ERR_HTTP_REQUEST_TIMEOUT' && slowSockets.has(socket)) return
    for (const listener of listeners) listener(error, socket)
  })
}
