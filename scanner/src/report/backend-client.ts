import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, messageOf, readBounded, readCaFile, readSecretFile } from '@guardimesh/kit'

export interface BackendClientOptions {
  /** "https://backend.example:8443", optionally with a path prefix. */
  readonly baseUrl: string
  /** PEM file of trusted certificate authorities, read for every request; default: those of Node. */
  readonly caFile?: string | undefined
  /** Read for every request, so that a rotated key applies at once. */
  readonly apiKeyFile: string
  /** Timeout of one request. */
  readonly timeoutMs: number
  /** Called with the headers of every response. */
  readonly onResponse?: (headers: IncomingMessage['headers']) => void
}

export interface BackendResponse {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface BackendRequest {
  readonly method: 'GET' | 'POST'
  /** "/api/v1/scan/results". */
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Uint8Array
}

/** The largest responses are rule trials: 256 Ki characters as JSON. A larger response is not from our backend. */
const RESPONSE_MAX_BYTES = 2 * MIB_BYTES
const IDLE_CONNECTIONS_MAX = 4

/** HTTP client for the backend with keep-alive connections. */
export class BackendClient implements Disposable {
  readonly #options: BackendClientOptions
  readonly #agent: HttpAgent
  readonly #isTls: boolean

  constructor(options: BackendClientOptions) {
    this.#options = options
    this.#isTls = new URL(options.baseUrl).protocol === 'https:'
    const pool = { keepAlive: true, maxSockets: IDLE_CONNECTIONS_MAX, maxFreeSockets: IDLE_CONNECTIONS_MAX }
    // Fails at the start when the CA file is invalid, not with the first request.
    this.#authorities()
    this.#agent = this.#isTls ? new HttpsAgent({ ...pool, minVersion: 'TLSv1.2' }) : new HttpAgent(pool)
  }

  /**
   * Sends one request and reads the complete response of any status.
   *
   * @throws GuardError BACKEND_UNAVAILABLE without a response; the signal's reason when it is aborted.
   */
  async send(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)])
    try {
      const response = await this.#exchange(request, deadline)
      this.#options.onResponse?.(response.headers)
      return response
    } catch (error) {
      signal.throwIfAborted()
      const why = deadline.aborted ? `timeout after ${this.#options.timeoutMs} ms` : messageOf(error)
      throw new GuardError('BACKEND_UNAVAILABLE', `the backend is unavailable: ${why}`, {}, { cause: error })
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #authorities(): { ca?: string } {
    return this.#options.caFile === undefined ? {} : { ca: readCaFile(this.#options.caFile) }
  }

  #exchange(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse> {
    const url = `${this.#options.baseUrl.replace(/\/+$/, '')}${request.path}`
    const headers: OutgoingHttpHeaders = {
      authorization: `Bearer ${readSecretFile(this.#options.apiKeyFile)}`,
      ...(request.body ? { 'content-length': request.body.length } : {}),
      ...request.headers,
    }
    const start = this.#isTls ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const settings = { method: request.method, headers, agent: this.#agent, signal, ...this.#authorities() }
      const outgoing = start(url, settings, (incoming) => {
        readBounded(incoming, RESPONSE_MAX_BYTES, { name: 'the response' }).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
          reject,
        )
      })
      outgoing.on('error', reject)
      outgoing.end(request.body)
    })
  }
}
