import { SECOND_MS, SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import type { SignatureServerClient } from './signature-server-client.js'

const TIMEOUT_MS = 3 * SECOND_MS
/** Cache time for concurrent requests of open consoles; short, because each replica has its own cache. */
const CACHE_MS = SECOND_MS

/** Status of the signature server, or why it is unknown. */
export type SignatureServerAnswer =
  | { readonly state: 'reachable'; readonly status: SignatureServerStatus }
  | { readonly state: 'unreachable'; readonly problem: string }
  | { readonly state: 'absent' }

/** Fetches the status of the signature server, and caches responses and failures. */
export class CachedServerStatus {
  readonly #client: SignatureServerClient
  #last: { readonly answer: Promise<SignatureServerAnswer>; readonly atMs: number } | undefined

  constructor(client: SignatureServerClient) {
    this.#client = client
  }

  /** Returns the status. Never rejects: an unavailable server is a result. */
  status(): Promise<SignatureServerAnswer> {
    if (!this.#client.isConfigured) return Promise.resolve({ state: 'absent' })
    if (this.#last && Date.now() - this.#last.atMs < CACHE_MS) return this.#last.answer
    const answer = this.#request()
    this.#last = { answer, atMs: Date.now() }
    return answer
  }

  /** Clears the cache after a change. */
  invalidate(): void {
    this.#last = undefined
  }

  async #request(): Promise<SignatureServerAnswer> {
    try {
      const status = await this.#client.call({ method: 'GET', path: 'v1/status', answer: SignatureServerStatus, timeoutMs: TIMEOUT_MS })
      return { state: 'reachable', status }
    } catch (error) {
      return { state: 'unreachable', problem: messageOf(error) }
    }
  }
}
