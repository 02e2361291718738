import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { SECOND_MS } from '@guardimesh/contracts'
import type { Connect, Plugin } from 'vite'
import { createMockBackend, isApiRequest } from './mock-backend.js'

/** The backend's policy, so that the console is tested with it. */
const CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

/** Serves the mock API in `vite` and `vite preview`, so that the console runs without a backend. */
export function mockApi({ findingEveryMs = 6 * SECOND_MS } = {}): Plugin {
  return {
    name: 'guardimesh-mock-api',
    configureServer({ middlewares, httpServer }) {
      const backend = createMockBackend({ findingEveryMs })
      httpServer?.on('close', backend.stop)
      middlewares.use(toMiddleware(backend.handle))
    },
    configurePreviewServer({ middlewares, httpServer }) {
      const backend = createMockBackend({ findingEveryMs })
      httpServer.on('close', backend.stop)
      middlewares.use((_request, response, next) => {
        response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
        next()
      })
      middlewares.use(toMiddleware(backend.handle))
    },
  }
}

function toMiddleware(handle: (request: Request) => Promise<Response>): Connect.NextHandleFunction {
  return (incoming, outgoing, next) => {
    const path = incoming.url?.split('?')[0] ?? '/'
    if (!isApiRequest(incoming.method ?? 'GET', path)) return next()
    const gone = new AbortController()
    outgoing.on('close', () => gone.abort())
    handle(toRequest(incoming, gone.signal))
      .then((response) => send(response, outgoing))
      .catch((error: unknown) => {
        // A client that disconnects from a stream is not an error.
        if (!gone.signal.aborted) next(error)
      })
  }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value)
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD'
  const body = hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal,
    ...body,
  } as RequestInit)
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null) outgoing.end()
  else await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing)
}
