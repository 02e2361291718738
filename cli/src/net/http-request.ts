import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { readBounded, refuseUpgrade } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'

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
  /** Ends the request with an error. */
  readonly signal?: AbortSignal | undefined
  /** Maximum time without progress. Default: two minutes. */
  readonly idleTimeoutMs?: number | undefined
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
 * @throws CommandError after the time limit; the system's error when there is no response.
 */
export function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  return answerOf(startRequest(request))
}

/** Like `sendRequest`, but returns the response with its body as a stream. */
export function openResponse(request: HttpRequest): Promise<IncomingMessage> {
  return responseOf(startRequest(request))
}

function startRequest({ method, url, headers = {}, body, ca, ...limits }: HttpRequest): ClientRequest {
  const { signal, idleTimeoutMs = IDLE_TIMEOUT_MS } = limits
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const options = { method, headers, timeout: idleTimeoutMs, ...(ca === undefined ? {} : { ca }), ...(signal ? { signal } : {}) }
  const request = open(url, options)
  request.on('timeout', () => request.destroy(new CommandError(`${url.host} did not respond for ${idleTimeoutMs / 1000} s.`)))
  const content = body?.()
  if (content === undefined || Buffer.isBuffer(content)) request.end(content)
  else {
    content.on('error', (error) => request.destroy(error))
    // A server may respond before it reads the whole body: its response then takes precedence over the broken pipe.
    pipeline(content, request).catch(() => request.destroyed || request.destroy())
  }
  return request
}

function responseOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    // Also after the response: the server may close the connection without reading the body.
    request.on('error', reject)
    request.on('response', resolve)
    refuseUpgrade(request)
  })
}

async function answerOf(request: ClientRequest): Promise<HttpAnswer> {
  const answer = await responseOf(request)
  try {
    const content = await readBounded(answer, RESPONSE_MAX_BYTES, { name: 'the response' })
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: content }
  } finally {
    // Node never finishes a body that was answered early; the open connection would keep the process running.
    if (!request.writableFinished) request.destroy()
  }
}
