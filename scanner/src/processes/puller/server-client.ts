import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { SECOND_MS } from '@guardimesh/contracts'
import { GuardError, messageOf, readCaFile } from '@guardimesh/kit'

/** A server that says nothing for so long is not there. */
const IDLE_TIMEOUT_MS = 30 * SECOND_MS

/** Speaks HTTP to the signature server over a connection that stays open. */
export class SignatureServerClient implements Disposable {
  readonly #baseUrl: string
  readonly #caFile: string | undefined
  readonly #isTls: boolean
  readonly #agent: HttpAgent

  /** @param caFile certificates of the authority that signed the server's, read for each request; undefined: those of Node. */
  constructor(baseUrl: string, caFile: string | undefined) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#caFile = caFile
    this.#isTls = new URL(baseUrl).protocol === 'https:'
    const pool = { keepAlive: true, maxSockets: 1 }
    this.#agent = this.#isTls ? new HttpsAgent({ ...pool, minVersion: 'TLSv1.2' }) : new HttpAgent(pool)
  }

  /**
   * Asks for a path; the body is still to be read.
   *
   * @param waitMs how long the server may be silent because we asked it to wait.
   * @throws GuardError BACKEND_UNAVAILABLE when there is no answer, the signal's reason when it is aborted.
   */
  async get(path: string, headers: OutgoingHttpHeaders, signal: AbortSignal, waitMs = 0): Promise<IncomingMessage> {
    try {
      return await this.#exchange(`${this.#baseUrl}${path}`, headers, signal, IDLE_TIMEOUT_MS + waitMs)
    } catch (error) {
      signal.throwIfAborted()
      throw this.unavailable(messageOf(error), error)
    }
  }

  /** The error for an answer that is none. */
  unavailable(why: string, cause?: unknown): GuardError {
    return new GuardError('BACKEND_UNAVAILABLE', `the signature server ${this.#baseUrl} cannot be used: ${why}`, {}, { cause })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #exchange(url: string, headers: OutgoingHttpHeaders, signal: AbortSignal, timeout: number): Promise<IncomingMessage> {
    const start = this.#isTls ? requestHttps : requestHttp
    const authorities = this.#caFile === undefined ? {} : { ca: readCaFile(this.#caFile) }
    return new Promise((resolve, reject) => {
      const outgoing = start(url, { headers, agent: this.#agent, signal, timeout, ...authorities }, resolve)
      outgoing.on('timeout', () => outgoing.destroy(new Error(`it said nothing for ${timeout} ms`)))
      outgoing.on('error', reject)
      outgoing.end()
    })
  }
}
