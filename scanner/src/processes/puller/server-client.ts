import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { failureReasonOf, GuardError, JsonClient } from '@guardimesh/kit'

/** Maximum time without data from the server. */
const IDLE_TIMEOUT_MS = 30 * SECOND_MS

/** HTTP client for the signature server, with one persistent connection. */
export class SignatureServerClient implements Disposable {
  readonly #baseUrl: string
  readonly #caFile: string | undefined
  #http: JsonClient | undefined

  /** @param caFile certificate authorities that may sign the server's certificate, read for each request; undefined: those of Node. */
  constructor(baseUrl: string, caFile: string | undefined) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#caFile = caFile
  }

  /**
   * Requests a path. The caller reads the body.
   *
   * @param waitMs additional time without data, for a long poll.
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE when the request fails, the signal's reason when it is aborted.
   */
  async get(path: string, headers: OutgoingHttpHeaders, signal: AbortSignal, waitMs = 0): Promise<IncomingMessage> {
    try {
      // Created with the first request: an invalid CA file must not stop a node that has active signatures.
      this.#http ??= this.#connect()
      return await this.#http.stream({ path, headers, signal, idleTimeoutMs: IDLE_TIMEOUT_MS + waitMs })
    } catch (error) {
      signal.throwIfAborted()
      throw this.unavailable(failureReasonOf(error), error)
    }
  }

  /** Creates the error for a failed request or an unusable response. */
  unavailable(reason: string, cause?: unknown): GuardError {
    return new GuardError(
      'SIGNATURE_SERVER_UNAVAILABLE',
      `request to the signature server ${this.#baseUrl} failed: ${reason}`,
      {},
      { cause },
    )
  }

  [Symbol.dispose](): void {
    this.#http?.close()
  }

  /** Responses are streams, so their readers limit time and size instead of the client. */
  #connect(): JsonClient {
    return new JsonClient({
      baseUrl: this.#baseUrl,
      caFile: this.#caFile,
      timeoutMs: IDLE_TIMEOUT_MS,
      maxResponseBytes: 0,
      maxSockets: 1,
    })
  }
}
