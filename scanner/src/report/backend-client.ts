import type { IncomingHttpHeaders } from 'node:http'
import { MIB_BYTES } from '@guardimesh/contracts'
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

  constructor(options: BackendClientOptions) {
    const { baseUrl, caFile, apiKeyFile, timeoutMs } = options
    const headers = () => ({ authorization: `Bearer ${readSecretFile(apiKeyFile)}` })
    this.#options = options
    this.#http = new JsonClient({ baseUrl, caFile, headers, timeoutMs, maxResponseBytes: RESPONSE_MAX_BYTES })
  }

  /**
   * Sends one request and reads the complete response of any status.
   *
   * @throws GuardError BACKEND_UNAVAILABLE without a response; the signal's reason when it is aborted.
   */
  async send(request: BackendRequest): Promise<JsonResponse> {
    const { timeoutMs, onResponse } = this.#options
    try {
      const response = await this.#http.send(request)
      onResponse?.(response.headers)
      return response
    } catch (error) {
      request.signal.throwIfAborted()
      const why = error instanceof RequestError && error.isTimeout ? `timeout after ${timeoutMs} ms` : failureReasonOf(error)
      throw new GuardError('BACKEND_UNAVAILABLE', `the backend is unavailable: ${why}`, {}, { cause: error })
    }
  }

  [Symbol.dispose](): void {
    this.#http.close()
  }
}
