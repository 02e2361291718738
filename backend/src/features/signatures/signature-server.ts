import { MIB_BYTES, SECOND_MS, SignatureServerStatus } from '@guardimesh/contracts'
import { getHttps, messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import type { SignatureServerAddress } from '../../config/signature-server-config.js'

const TIMEOUT_MS = 3 * SECOND_MS
/** Consoles that are open ask together; more often than this nobody looks. */
const CACHE_MS = 5 * SECOND_MS
/** A status of 20 generations and 100 imports, each with 200 files, has about 6 MB. */
const STATUS_MAX_BYTES = 16 * MIB_BYTES
const PROBLEM_MAX_LENGTH = 1000

/** What the signature server said, or why it said nothing. */
export type SignatureServerAnswer =
  | { readonly state: 'reachable'; readonly status: SignatureServerStatus }
  | { readonly state: 'unreachable'; readonly problem: string }
  | { readonly state: 'absent' }

/** Asks the signature server for its status; an answer is kept for a few seconds, a failure too. */
export class SignatureServer {
  readonly #address: SignatureServerAddress | undefined
  #last: { readonly answer: Promise<SignatureServerAnswer>; readonly atMs: number } | undefined

  constructor(address: SignatureServerAddress | undefined) {
    this.#address = address
  }

  /** Never rejects: a server that is away is an answer. */
  status(): Promise<SignatureServerAnswer> {
    if (!this.#address) return Promise.resolve({ state: 'absent' })
    if (this.#last && Date.now() - this.#last.atMs < CACHE_MS) return this.#last.answer
    const answer = ask(this.#address)
    this.#last = { answer, atMs: Date.now() }
    return answer
  }
}

async function ask({ url, caFile }: SignatureServerAddress): Promise<SignatureServerAnswer> {
  const statusUrl = new URL('v1/status', url.href.endsWith('/') ? url : `${url.href}/`)
  try {
    const answer = await getHttps(statusUrl.href, { caFile, timeoutMs: TIMEOUT_MS, maxBytes: STATUS_MAX_BYTES })
    if (answer.status !== 200) throw new Error(`${statusUrl} answered with status ${answer.status}`)
    return { state: 'reachable', status: parseStatus(answer.body) }
  } catch (error) {
    return { state: 'unreachable', problem: messageOf(error).slice(0, PROBLEM_MAX_LENGTH) }
  }
}

function parseStatus(body: Buffer): SignatureServerStatus {
  try {
    const parsed = SignatureServerStatus.safeParse(JSON.parse(body.toString('utf8')))
    if (parsed.success) return parsed.data
    throw new Error(z.prettifyError(parsed.error))
  } catch (error) {
    throw new Error(`the answer of the signature server is not a status; are both of one version? ${messageOf(error)}`)
  }
}
