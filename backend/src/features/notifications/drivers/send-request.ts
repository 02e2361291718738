import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { KIB_BYTES } from '@guardimesh/contracts'
import { readBounded } from '@guardimesh/kit'
import type { Outcome, Transport } from './channel-driver.js'
import { type Attempt, runAttempt, tlsOptions, watchPhases } from './run-attempt.js'

/** Maximum response size to read; only the status matters. */
const RESPONSE_MAX_BYTES = 16 * KIB_BYTES

/** An HTTP request, without framing headers. */
export interface HttpRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends a request once. Does not follow redirects and keeps only the status, because a response may echo secrets. Never rejects. */
export function sendRequest(request: HttpRequest, transport: Transport): Promise<Outcome> {
  const host = request.url.hostname.replace(/^\[|\]$/g, '')
  return runAttempt(host, transport, async (attempt) => ({ kind: 'answered', statusCode: await exchange(request, transport, attempt) }))
}

/**
 * Resolves with the status once the response has started: the status already states whether the message was accepted. Then reads the body up
 * to a limit and the deadline, so that the receiver can finish; errors are ignored.
 */
function exchange({ url, method, body, ...request }: HttpRequest, transport: Transport, { signal, onPhase }: Attempt): Promise<number> {
  const isTls = url.protocol === 'https:'
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) }
  const { lookup } = transport.addresses
  const settings = { method, headers, signal, lookup, agent: false, maxHeaderSize: RESPONSE_MAX_BYTES } as const
  return new Promise((resolve, reject) => {
    const sent = isTls ? requestHttps(url, { ...settings, ...tlsOptions(transport) }) : requestHttp(url, settings)
    sent.once('socket', (socket) => watchPhases(socket, isTls, onPhase))
    sent.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      const end = () => answer.destroy()
      readBounded(answer, RESPONSE_MAX_BYTES).then(end, end)
    })
    // Without this listener, Node closes the connection without any event, and the deadline would have no effect.
    sent.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode ?? 0)
    })
    // `on`, not `once`: a connection error may follow the response.
    sent.on('error', reject)
    sent.end(body)
  })
}
