import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { Readable } from 'node:stream'
import { MINUTE_MS } from '@guardimesh/contracts'
import { readCaFile } from '@guardimesh/kit'

/** A connection on which nothing moves for so long, in neither direction, is given up. */
const SILENCE_MS = MINUTE_MS

export interface ForwardedRequest {
  readonly url: URL
  /** Authorities that the server's certificate may be of, read for every request; undefined: those of Node. */
  readonly caFile: string | undefined
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** Read as fast as the server takes it, no faster; undefined: there is none. It is never destroyed. */
  readonly body: Readable | undefined
  /** Gives both ends up. */
  readonly signal: AbortSignal
}

/**
 * Hands a request on to an HTTPS server, piece by piece. A server that answers before it has everything is sent no more.
 *
 * @returns the answer, whatever its status; its body is still to be read.
 * @throws Error that says why there is no answer; an AbortError after the signal.
 */
export function forwardStream({ url, caFile, method, headers, body, signal }: ForwardedRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const settings = { method, headers, signal, timeout: SILENCE_MS, agent: false, minVersion: 'TLSv1.2' } as const
    const outgoing = request(url, { ...settings, ...(caFile === undefined ? {} : { ca: readCaFile(caFile) }) })
    const detach = () => void body?.unpipe(outgoing)
    outgoing.once('timeout', () => outgoing.destroy(new Error(`nothing moved for ${SILENCE_MS} ms`)))
    outgoing.once('error', (error) => {
      detach()
      reject(error)
    })
    outgoing.once('response', (answer) => {
      detach()
      resolve(answer)
    })
    if (body) body.pipe(outgoing)
    else outgoing.end()
  })
}
