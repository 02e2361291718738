import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, messageOf, readCaFile, readSecretFile } from '@guardimesh/kit'

export interface BackendClientOptions {
  /** "https://backend.example:8443", without a path or with one that comes before every route. */
  readonly baseUrl: string
  /** Certificates of the authorities that may have signed the backend's, read for every request as well; unset: those of Node. */
  readonly caFile?: string | undefined
  /** Read for every request, so that a rotated key is used at once. */
  readonly apiKeyFile: string
  /** A request that takes longer is given up. */
  readonly timeoutMs: number
  /** Told of the headers of every answer. */
  readonly onAnswer?: (headers: IncomingMessage['headers']) => void
}

export interface BackendAnswer {
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

/** The largest are rules that are tried: 256 Ki characters as JSON. More than this is not our backend. */
const ANSWER_MAX_BYTES = 2 * MIB_BYTES
const IDLE_CONNECTIONS_MAX = 4

/** Speaks HTTP to the backend over connections that stay open. */
export class BackendClient implements Disposable {
  readonly #options: BackendClientOptions
  readonly #agent: HttpAgent
  readonly #isTls: boolean

  constructor(options: BackendClientOptions) {
    this.#options = options
    this.#isTls = new URL(options.baseUrl).protocol === 'https:'
    const pool = { keepAlive: true, maxSockets: IDLE_CONNECTIONS_MAX, maxFreeSockets: IDLE_CONNECTIONS_MAX }
    // A file that cannot be used is told at the start, not with the first result.
    this.#authorities()
    this.#agent = this.#isTls ? new HttpsAgent({ ...pool, minVersion: 'TLSv1.2' }) : new HttpAgent(pool)
  }

  /**
   * Sends one request and reads the whole answer, whatever its status.
   *
   * @throws GuardError BACKEND_UNAVAILABLE when there was no answer; the signal's reason when it is aborted.
   */
  async send(request: BackendRequest, signal: AbortSignal): Promise<BackendAnswer> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)])
    try {
      const answer = await this.#exchange(request, deadline)
      this.#options.onAnswer?.(answer.headers)
      return answer
    } catch (error) {
      signal.throwIfAborted()
      const why = deadline.aborted ? `no answer in ${this.#options.timeoutMs} ms` : messageOf(error)
      throw new GuardError('BACKEND_UNAVAILABLE', `the backend cannot be reached: ${why}`, {}, { cause: error })
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #authorities(): { ca?: string } {
    return this.#options.caFile === undefined ? {} : { ca: readCaFile(this.#options.caFile) }
  }

  #exchange(request: BackendRequest, signal: AbortSignal): Promise<BackendAnswer> {
    const url = `${this.#options.baseUrl.replace(/\/+$/, '')}${request.path}`
    const headers: OutgoingHttpHeaders = {
      authorization: `Bearer ${readSecretFile(this.#options.apiKeyFile)}`,
      ...(request.body ? { 'content-length': request.body.length } : {}),
      ...request.headers,
    }
    const start = this.#isTls ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const settings = { method: request.method, headers, agent: this.#agent, signal, ...this.#authorities() }
      const outgoing = start(url, settings, (answer) => {
        readBody(answer).then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }), reject)
      })
      outgoing.on('error', reject)
      outgoing.end(request.body)
    })
  }
}

async function readBody(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > ANSWER_MAX_BYTES) throw new Error(`the answer is larger than ${ANSWER_MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
