import { SECOND_MS, SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import type { SignatureServerClient } from './signature-server-client.js'

const TIMEOUT_MS = 3 * SECOND_MS
/** Consoles that are open ask together. Each replica keeps an answer of its own: what one just said, another should not long deny. */
const CACHE_MS = SECOND_MS

/** What the signature server said, or why it said nothing. */
export type SignatureServerAnswer =
  | { readonly state: 'reachable'; readonly status: SignatureServerStatus }
  | { readonly state: 'unreachable'; readonly problem: string }
  | { readonly state: 'absent' }

/** Asks the signature server for its status; an answer is kept for a few seconds, a failure too. */
export class CachedServerStatus {
  readonly #client: SignatureServerClient
  #last: { readonly answer: Promise<SignatureServerAnswer>; readonly atMs: number } | undefined

  constructor(client: SignatureServerClient) {
    this.#client = client
  }

  /** Never rejects: a server that is away is an answer. */
  status(): Promise<SignatureServerAnswer> {
    if (!this.#client.isConfigured) return Promise.resolve({ state: 'absent' })
    if (this.#last && Date.now() - this.#last.atMs < CACHE_MS) return this.#last.answer
    const answer = this.#request()
    this.#last = { answer, atMs: Date.now() }
    return answer
  }

  /** Something changed: the next question is asked anew. */
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
