import { userInfo } from 'node:os'
import {
  type ChangeRollOut,
  ImportStarted,
  NodeSignaturesList,
  type RollBack,
  RuleTrialView,
  SignatureServerStatus,
  SignaturesView,
  type StartImportBody,
  type StartRuleTrial,
} from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { type HttpAnswer, sendRequest } from '../net/http-request.js'
import { parseJson, problemError } from '../net/problem-error.js'

export interface ServiceAddress {
  /** The console, or the signature server with a management key. */
  readonly url: URL
  readonly key: string
  readonly keyKind: 'api-key' | 'management-key'
  /** Trusted CA certificates in PEM; defaults to those of the machine. */
  readonly ca: string | undefined
}

/** What to do about a rejected key. */
const ADVICE = {
  'api-key': 'Create an API key with the scope signatures:write in the console.',
  'management-key': 'Check the file of --management-key-file.',
} as const

/** Status of the signatures of an installation. */
export interface SignatureFacts {
  readonly server: SignatureServerStatus
  /** Undefined with a management key: only the console has this list. */
  readonly nodes: NodeSignaturesList['items'] | undefined
}

/** Client for the signatures of an installation: the console's API with an API key, or the signature server with a management key. */
export class SignatureClient {
  readonly ca: string | undefined
  readonly #address: ServiceAddress

  constructor(address: ServiceAddress) {
    this.#address = address
    this.ca = address.ca
  }

  /** Endpoint for resumable uploads. */
  get uploadsUrl(): string {
    return this.#urlOf('uploads').href
  }

  /** Headers of all requests. */
  get headers(): Record<string, string> {
    const { key, keyKind } = this.#address
    const authorization = { authorization: `Bearer ${key}` }
    if (keyKind === 'api-key') return authorization
    // The console sends its user; with a management key only the login name is known.
    return { ...authorization, 'guardimesh-actor': `${userInfo().username.replace(/[^ -~]/g, '?')} with the management key` }
  }

  /** @throws CommandError when the console has no reachable signature server, GuardError for an error response. */
  async status(): Promise<SignatureServerStatus> {
    if (this.#address.keyKind === 'management-key') return this.#call('GET', 'status', SignatureServerStatus)
    const { server, problem, state } = await this.#call('GET', '', SignaturesView)
    if (server) return server
    throw new CommandError(
      state === 'absent' ? 'This installation has no signature server.' : `The console cannot reach the signature server: ${problem}`,
    )
  }

  async facts(): Promise<SignatureFacts> {
    const server = await this.status()
    if (this.#address.keyKind === 'management-key') return { server, nodes: undefined }
    return { server, nodes: (await this.#call('GET', 'nodes', NodeSignaturesList)).items }
  }

  async startImport(start: StartImportBody): Promise<string> {
    return (await this.#call('POST', 'imports', ImportStarted, start)).importId
  }

  changeRollOut(change: ChangeRollOut): Promise<SignatureServerStatus> {
    return this.#call('POST', 'roll-out', SignatureServerStatus, change)
  }

  rollBack(change: RollBack): Promise<SignatureServerStatus> {
    return this.#call('POST', 'rollback', SignatureServerStatus, change)
  }

  /** @throws GuardError SIGNATURES_INVALID with the invalid line; CommandError with a management key. */
  async startRuleTrial(start: StartRuleTrial): Promise<RuleTrialView> {
    if (this.#address.keyKind === 'management-key')
      throw new CommandError('Rule trials require the console: specify its address and --api-key-file instead of the management key.')
    return this.#call('POST', 'rule-trials', RuleTrialView, start)
  }

  ruleTrial(trialId: string): Promise<RuleTrialView> {
    return this.#call('GET', `rule-trials/${trialId}`, RuleTrialView)
  }

  #urlOf(path: string): URL {
    const { url, keyKind } = this.#address
    const base = keyKind === 'management-key' ? 'v1' : 'api/signatures'
    return new URL(`${url.pathname.replace(/\/$/, '')}/${[base, path].filter((part) => part !== '').join('/')}`, url)
  }

  async #call<Answer>(method: string, path: string, schema: z.ZodType<Answer>, body?: object): Promise<Answer> {
    const url = this.#urlOf(path)
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    const headers = { ...this.headers, ...(content ? { 'content-type': 'application/json', 'content-length': content.length } : {}) }
    let answer: HttpAnswer
    try {
      answer = await sendRequest({ method, url, headers, ca: this.ca, ...(content ? { body: () => content } : {}) })
    } catch (error) {
      throw this.#unavailable(url, error)
    }
    return this.#parse(answer, url, schema)
  }

  #unavailable({ origin }: URL, cause: unknown): GuardError {
    const [code, name] =
      this.#address.keyKind === 'api-key'
        ? (['BACKEND_UNAVAILABLE', 'console'] as const)
        : (['SIGNATURE_SERVER_UNAVAILABLE', 'signature server'] as const)
    return new GuardError(code, `The ${name} at ${origin} cannot be reached: ${messageOf(cause)}.`, {}, { cause })
  }

  #parse<Answer>(answer: HttpAnswer, url: URL, schema: z.ZodType<Answer>): Answer {
    const parsed = parseJson(answer.body)
    if (answer.status >= 300) throw problemError(answer.status, parsed, url, ADVICE[this.#address.keyKind])
    const checked = schema.safeParse(parsed)
    if (checked.success) return checked.data
    const hint = `Check that the address is that of the ${this.#address.keyKind === 'api-key' ? 'console' : 'signature server'}.`
    throw new CommandError(`Unexpected response from ${url.href}. ${hint} ${z.prettifyError(checked.error).slice(0, 300)}`)
  }
}
