import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { SECOND_MS } from '@guardimesh/contracts'
import { GuardError, messageOf, readCaFile } from '@guardimesh/kit'

/** Maximum time without data from the server. */
const IDLE_TIMEOUT_MS = 30 * SECOND_MS

/** HTTP client for the signature server, with one persistent connection. */
export class SignatureServerClient implements Disposable {
  readonly #baseUrl: string
  readonly #caFile: string | undefined
  readonly #isTls: boolean
  readonly #agent: HttpAgent

  /** @param caFile certificate authorities that may sign the server's certificate, read for each request; undefined: those of Node. */
  constructor(baseUrl: string, caFile: string | undefined) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#caFile = caFile
    this.#isTls = new URL(baseUrl).protocol === 'https:'
    const pool = { keepAlive: true, maxSockets: 1 }
    this.#agent = this.#isTls ? new HttpsAgent({ ...pool, minVersion: 'TLSv1.2' }) : new HttpAgent(pool)
  }

  /**
   * Requests a path. The caller reads the body.
   *
   * @param waitMs additional time without data, for a long poll.
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE when the request fails, the signal's reason when it is aborted.
   */
  async get(path: string, headers: OutgoingHttpHeaders, signal: AbortSignal, waitMs = 0): Promise<IncomingMessage> {
    try {
      return await this.#exchange(`${this.#baseUrl}${path}`, headers, signal, IDLE_TIMEOUT_MS + waitMs)
    } catch (error) {
      signal.throwIfAborted()
      throw this.unavailable(messageOf(error), error)
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
    this.#agent.destroy()
  }

  #exchange(url: string, headers: OutgoingHttpHeaders, signal: AbortSignal, timeout: number): Promise<IncomingMessage> {
    const start = this.#isTls ? requestHttps : requestHttp
    const authorities = this.#caFile === undefined ? {} : { ca: readCaFile(this.#caFile) }
    return new Promise((resolve, reject) => {
      const outgoing = start(url, { headers, agent: this.#agent, signal, timeout, ...authorities }, resolve)
      outgoing.on('timeout', () => outgoing.destroy(new Error(`timeout: no data for ${timeout} ms`)))
      outgoing.on('error', reject)
      outgoing.end()
    })
  }
}
