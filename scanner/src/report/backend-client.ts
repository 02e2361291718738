import type { IncomingHttpHeaders } from 'node:http'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { failureReasonOf, GuardError, JsonClient, type JsonRequest, type JsonResponse, RequestError, readSecretFile } from '@guardimesh/kit'

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
  readonly onResponse?: (headers: IncomingHttpHeaders) => void
}

export interface BackendRequest extends JsonRequest {
  readonly signal: AbortSignal
}

/** The largest responses are rule trials: 256 Ki characters as JSON. A larger response is not from our backend. */
const RESPONSE_MAX_BYTES = 2 * MIB_BYTES

/** HTTP client for the backend with keep-alive connections. */
export class BackendClient implements Disposable {
  readonly #options: BackendClientOptions
  readonly #http: JsonClient
  #failure = ''
  #requestedAtMs = performance.now()

  constructor(options: BackendClientOptions) {
    const { baseUrl, caFile, apiKeyFile, timeoutMs } = options
    const headers = () => ({ authorization: `Bearer ${readSecretFile(apiKeyFile)}` })
    this.#options = options
    this.#http = new JsonClient({ baseUrl, caFile, headers, timeoutMs, maxResponseBytes: RESPONSE_MAX_BYTES })
  }

  /** Why the last request did not reach a backend that accepts this node; empty otherwise. */
  get failure(): string {
    return this.#failure
  }

  /** Time since the last request was sent. */
  get idleMs(): number {
    return performance.now() - this.#requestedAtMs
  }

  /**
   * Sends one request and reads the complete response of any status.
   *
   * @throws GuardError BACKEND_UNAVAILABLE without a response; the signal's reason when it is aborted.
   */
  async send(request: BackendRequest): Promise<JsonResponse> {
    const { timeoutMs, onResponse } = this.#options
    this.#requestedAtMs = performance.now()
    try {
      const response = await this.#http.send(request)
      this.#failure = failureOf(response.status)
      onResponse?.(response.headers)
      return response
    } catch (error) {
      request.signal.throwIfAborted()
      const why = error instanceof RequestError && error.isTimeout ? `timeout after ${timeoutMs} ms` : failureReasonOf(error)
      this.#failure = `the backend is unavailable: ${why}`
      throw new GuardError('BACKEND_UNAVAILABLE', this.#failure, {}, { cause: error })
    }
  }

  [Symbol.dispose](): void {
    this.#http.close()
  }
}

/** An overloaded backend (429) accepts results later, and a rejected batch does not stop the next one. */
function failureOf(status: number): string {
  if (status === 401 || status === 403) return `the backend denied the request: status ${status}`
  return status >= 500 ? `the backend failed: status ${status}` : ''
}
