import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from 'node:https'
import { messageOf, systemCodeOf } from '../errors/guard-error.js'
import { readCaFile } from '../tls/ca-file.js'
import { JsonResponse } from './json-response.js'
import { readBounded } from './read-bounded.js'
import { refuseUpgrade } from './refuse-upgrade.js'

const DEFAULT_MAX_SOCKETS = 4

export interface JsonClientOptions {
  /** "https://backend.example:8443"; a path in it is the prefix of every request path. */
  readonly baseUrl: string
  /** Unix socket to connect to; `baseUrl` then only sets the host header and the path prefix. */
  readonly socketPath?: string
  /** Certificate authorities of the server. Read for each request, so a rotated file takes effect immediately. Default: those of Node. */
  readonly caFile?: string | undefined
  /** Further TLS options of each connection, such as authorities in memory or a client certificate. */
  readonly tls?: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'pfx' | 'rejectUnauthorized' | 'servername'>
  /** Headers of every request. A function is called for each request, so a rotated token takes effect immediately. */
  readonly headers?: OutgoingHttpHeaders | (() => OutgoingHttpHeaders | Promise<OutgoingHttpHeaders>)
  /** Maximum duration of a request, including its response body. */
  readonly timeoutMs: number
  /** Maximum size of a response body. */
  readonly maxResponseBytes: number
  /** Whether connections stay open for the next request. Default: true. */
  readonly keepAlive?: boolean
  /** Maximum number of open connections. Default: 4. */
  readonly maxSockets?: number
}

export interface JsonRequest {
  /** Default: GET. */
  readonly method?: string
  /** "/api/v1/scan/results", with its query. */
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  /** Body, sent as JSON. */
  readonly json?: unknown
  /** Raw body, sent instead of `json`. */
  readonly bytes?: Uint8Array | string
  readonly signal?: AbortSignal
  /** Overrides the client's timeout. */
  readonly timeoutMs?: number
}

export interface JsonStreamRequest extends Omit<JsonRequest, 'timeoutMs'> {
  /** Maximum time without any data, before and during the response; 0: no limit. Overrides the client's timeout. */
  readonly idleTimeoutMs?: number
}

/** A request that received no response because the connection failed, timed out or was closed. `cause` is the original error. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** The message without method and URL. */
  readonly reason: string
  readonly isTimeout: boolean

  constructor(request: string, reason: string, isTimeout: boolean, cause: unknown) {
    super(`${request} failed: ${reason}`, { cause })
    this.reason = reason
    this.isTimeout = isTimeout
  }
}

/** Returns the reason of a failed request without method and URL, for messages that already name the server. */
export function failureReasonOf(error: unknown): string {
  return error instanceof RequestError ? error.reason : reasonOf(error)
}

/** HTTP client of one server with JSON bodies, bounded responses and a connection pool. Redirects are not followed. */
export class JsonClient implements Disposable {
  readonly #options: JsonClientOptions
  readonly #baseUrl: URL
  readonly #agent: HttpAgent

  /** @throws ConfigError if the CA file is invalid, so that the process fails at startup and not on the first request. */
  constructor(options: JsonClientOptions) {
    this.#options = options
    this.#baseUrl = new URL(options.baseUrl)
    const { caFile, keepAlive = true, maxSockets = DEFAULT_MAX_SOCKETS } = options
    if (caFile !== undefined) readCaFile(caFile)
    const pool = { keepAlive, maxSockets, maxFreeSockets: maxSockets }
    this.#agent = this.#isTls ? new HttpsAgent({ ...pool, minVersion: 'TLSv1.2' }) : new HttpAgent(pool)
  }

  /**
   * Sends a request and reads the response of any status.
   *
   * @throws RequestError if no complete response arrives within the limits; the signal's reason if it is aborted.
   */
  async send(request: JsonRequest): Promise<JsonResponse> {
    const { timeoutMs = this.#options.timeoutMs, signal } = request
    const deadline = AbortSignal.timeout(timeoutMs)
    const name = this.#nameOf(request)
    try {
      const response = await this.#exchange(request, signal ? AbortSignal.any([signal, deadline]) : deadline)
      const body = await readBounded(response, this.#options.maxResponseBytes, { name: 'the response' })
      return new JsonResponse(name, response.statusCode ?? 0, response.headers, body)
    } catch (error) {
      signal?.throwIfAborted()
      if (deadline.aborted) throw new RequestError(name, `timed out after ${timeoutMs} ms`, true, error)
      throw new RequestError(name, reasonOf(error), false, error)
    }
  }

  /**
   * Sends a request and returns the response with an unread body, for downloads and event streams. The caller must read or destroy it.
   *
   * @throws RequestError if no response arrives; the signal's reason if it is aborted.
   */
  async stream(request: JsonStreamRequest): Promise<IncomingMessage> {
    const { signal, idleTimeoutMs = this.#options.timeoutMs } = request
    try {
      return await this.#exchange(request, signal, idleTimeoutMs)
    } catch (error) {
      signal?.throwIfAborted()
      throw new RequestError(this.#nameOf(request), reasonOf(error), error instanceof IdleTimeoutError, error)
    }
  }

  /** Closes all connections; pending requests fail. */
  close(): void {
    this.#agent.destroy()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async #exchange(request: JsonRequest, signal: AbortSignal | undefined, idleTimeoutMs?: number): Promise<IncomingMessage> {
    const body = request.json === undefined ? request.bytes : JSON.stringify(request.json)
    const headers: OutgoingHttpHeaders = {
      ...(await this.#commonHeaders()),
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      // Node sends the body of a DELETE without a content-length, so servers parse the body as the next request.
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...request.headers,
    }
    signal?.throwIfAborted()
    const settings: RequestOptions = { method: request.method ?? 'GET', headers, agent: this.#agent, ...this.#connection() }
    if (signal) settings.signal = signal
    if (idleTimeoutMs !== undefined) settings.timeout = idleTimeoutMs
    return new Promise((resolve, reject) => {
      let response: IncomingMessage | undefined
      const outgoing = (this.#isTls ? requestHttps : requestHttp)(this.#urlOf(request), settings, (incoming) => {
        response = incoming
        resolve(incoming)
      })
      outgoing.on('timeout', () => (response ?? outgoing).destroy(new IdleTimeoutError(`timeout: no data for ${idleTimeoutMs} ms`)))
      refuseUpgrade(outgoing)
      // Stays attached: a connection error may follow the response.
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  #connection(): RequestOptions {
    const { socketPath, caFile, tls } = this.#options
    return { ...(socketPath === undefined ? {} : { socketPath }), ...tls, ...(caFile === undefined ? {} : { ca: readCaFile(caFile) }) }
  }

  async #commonHeaders(): Promise<OutgoingHttpHeaders | undefined> {
    const { headers } = this.#options
    return typeof headers === 'function' ? headers() : headers
  }

  #urlOf({ path }: JsonRequest): URL {
    return new URL(`${this.#baseUrl.origin}${this.#baseUrl.pathname.replace(/\/+$/, '')}${path}`)
  }

  /** Method and URL without the query, which may contain values that must not be logged. */
  #nameOf(request: JsonRequest): string {
    const { origin, pathname } = this.#urlOf(request)
    return `${request.method ?? 'GET'} ${this.#options.socketPath ?? origin}${pathname}`
  }

  get #isTls(): boolean {
    return this.#baseUrl.protocol === 'https:'
  }
}

class IdleTimeoutError extends Error {
  override readonly name = 'IdleTimeoutError'
}

/** Node rejects with an AggregateError without a message when all addresses of a host refuse the connection. */
function reasonOf(error: unknown): string {
  return messageOf(error) || systemCodeOf(error) || 'unknown error'
}
