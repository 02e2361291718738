import type { IncomingHttpHeaders } from 'node:http'
import { failureReasonOf, JsonClient } from './json-client.js'

export interface GetOptions {
  /** Certificate authorities of the server, read for each request. Default: those of Node. */
  readonly caFile: string | undefined
  /** Maximum duration of the request, including the response body. */
  readonly timeoutMs: number
  /** Maximum size of the response body. */
  readonly maxBytes: number
  readonly headers?: Readonly<Record<string, string>>
  /** Default: GET. */
  readonly method?: string
  readonly body?: string
}

export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * Sends one HTTPS request without a connection pool and reads the response of any status.
 *
 * @throws Error with the reason if no complete response was received.
 */
export async function getHttps(url: string, options: GetOptions): Promise<HttpsAnswer> {
  const { caFile, timeoutMs, maxBytes, headers = {}, method = 'GET', body } = options
  const { origin, pathname, search } = new URL(url)
  try {
    using client = new JsonClient({ baseUrl: origin, caFile, timeoutMs, maxResponseBytes: maxBytes, keepAlive: false })
    const sent = { method, path: `${pathname}${search}`, headers, ...(body === undefined ? {} : { bytes: body }) }
    const { status, headers: received, bytes } = await client.send(sent)
    return { status, headers: received, body: bytes }
  } catch (error) {
    throw new Error(`${url} is unreachable: ${failureReasonOf(error)}`, { cause: error })
  }
}
