import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { readBounded } from '@guardimesh/kit'

/** Longer than a registry needs to read a layer back from slow storage. */
const IDLE_TIMEOUT_MS = 120_000
/** Manifests and the status of the signature server are far smaller; layers are only uploaded. */
const RESPONSE_MAX_BYTES = 64 * MIB_BYTES

export interface HttpRequest {
  readonly method: string
  readonly url: URL
  readonly headers?: Readonly<Record<string, string | number>>
  /** Creates the body for each attempt. */
  readonly body?: () => Readable | Buffer
  /** Certificate authorities of the server in PEM. Default: those of Node. */
  readonly ca?: string | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * Sends one request without following redirects. Streams the body and limits the time without progress, because a layer may take minutes:
 * `JsonClient` of the kit does neither for request bodies.
 *
 * @throws the system's error when there is no response.
 */
export async function sendRequest({ method, url, headers = {}, body, ca }: HttpRequest): Promise<HttpAnswer> {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const request = open(url, { method, headers, timeout: IDLE_TIMEOUT_MS, ...(ca === undefined ? {} : { ca }) })
  request.on('timeout', () => request.destroy(new Error(`${url.host} did not respond for ${IDLE_TIMEOUT_MS / 1000} s`)))
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (answer) => {
      readBounded(answer, RESPONSE_MAX_BYTES, { name: 'the response' }).then(
        (content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }),
        reject,
      )
    })
  })
  const content = body?.()
  if (content === undefined || Buffer.isBuffer(content)) request.end(content)
  // A server may respond before it reads the whole body: its response then takes precedence over the broken pipe.
  else pipeline(content, request).catch(() => request.destroyed || request.destroy())
  return answered
}
