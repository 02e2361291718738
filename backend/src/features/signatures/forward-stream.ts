import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { Readable } from 'node:stream'
import { MINUTE_MS } from '@guardimesh/contracts'
import { readCaFile, refuseUpgrade } from '@guardimesh/kit'

/** Timeout of a connection without traffic in either direction. */
const IDLE_TIMEOUT_MS = MINUTE_MS

export interface ForwardedRequest {
  readonly url: URL
  /** Certificate authorities to trust, read for each request; undefined: those of Node. */
  readonly caFile: string | undefined
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** Request body, read with backpressure and never destroyed; undefined: none. */
  readonly body: Readable | undefined
  /** Aborts the request. */
  readonly signal: AbortSignal
}

/**
 * Forwards a request to an HTTPS server as a stream. Stops sending the body once the server responds.
 *
 * @returns the response with any status; the caller reads its body.
 * @throws Error if there is no response; AbortError after the signal.
 */
export function forwardStream({ url, caFile, method, headers, body, signal }: ForwardedRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const settings = { method, headers, signal, timeout: IDLE_TIMEOUT_MS, agent: false, minVersion: 'TLSv1.2' } as const
    const outgoing = request(url, { ...settings, ...(caFile === undefined ? {} : { ca: readCaFile(caFile) }) })
    const detach = () => void body?.unpipe(outgoing)
    outgoing.once('timeout', () => outgoing.destroy(new Error(`timeout: no data for ${IDLE_TIMEOUT_MS} ms`)))
    outgoing.once('error', (error) => {
      detach()
      reject(error)
    })
    refuseUpgrade(outgoing)
    outgoing.once('response', (answer) => {
      detach()
      resolve(answer)
    })
    if (body) body.pipe(outgoing)
    else outgoing.end()
  })
}
