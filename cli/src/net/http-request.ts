import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

/** A server that says nothing for so long hangs. Reading a layer back from slow storage takes less. */
const SILENCE_TIMEOUT_MS = 120_000

export interface HttpRequest {
  readonly method: string
  readonly url: URL
  readonly headers?: Readonly<Record<string, string | number>>
  /** Made anew for each attempt. */
  readonly body?: () => Readable | Buffer
  /** Certificates of the authorities that are believed, in PEM; the machine's own when left out. */
  readonly ca?: string | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** One request. Follows no redirect. @throws the system's error when there is no answer. */
export async function sendRequest({ method, url, headers = {}, body, ca }: HttpRequest): Promise<HttpAnswer> {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const request = open(url, { method, headers, timeout: SILENCE_TIMEOUT_MS, ...(ca === undefined ? {} : { ca }) })
  request.on('timeout', () => request.destroy(new Error(`${url.host} said nothing for ${SILENCE_TIMEOUT_MS / 1000} s`)))
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (answer) => {
      buffer(answer).then((content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }), reject)
    })
  })
  const content = body?.()
  if (content === undefined || Buffer.isBuffer(content)) request.end(content)
  // A server that refuses answers before it has read all: then its answer counts, not the broken pipe.
  else pipeline(content, request).catch(() => request.destroyed || request.destroy())
  return answered
}
