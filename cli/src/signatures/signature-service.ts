import { userInfo } from 'node:os'
import {
  type ChangeRollOut,
  ImportStarted,
  isApiErrorCode,
  NodeSignaturesList,
  Problem,
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

export interface ServiceAddress {
  /** The console, or with a management key the signature server itself. */
  readonly url: URL
  readonly key: string
  readonly keyKind: 'api-key' | 'management-key'
  /** Authorities that are believed, in PEM; the machine's own when left out. */
  readonly ca: string | undefined
}

/** What is known about signatures: of the console more than of the signature server alone. */
export interface SignatureFacts {
  readonly server: SignatureServerStatus
  /** Undefined when only the signature server was asked. */
  readonly nodes: NodeSignaturesList['items'] | undefined
}

/** The signatures of an installation, through the console (API key) or at the signature server itself (management key). */
export class SignatureService {
  readonly ca: string | undefined
  readonly #address: ServiceAddress

  constructor(address: ServiceAddress) {
    this.#address = address
    this.ca = address.ca
  }

  /** Where resumable uploads go. */
  get uploadsUrl(): string {
    return this.#urlOf('uploads').href
  }

  /** What every request carries. */
  get headers(): Record<string, string> {
    const { key, keyKind } = this.#address
    const authorization = { authorization: `Bearer ${key}` }
    if (keyKind === 'api-key') return authorization
    // The console says who it is for; here only the name of the login is known.
    return { ...authorization, 'guardimesh-actor': `${userInfo().username.replace(/[^ -~]/g, '?')} with the management key` }
  }

  /** @throws CommandError when the console reaches no signature server, GuardError with the words of a refusal. */
  async status(): Promise<SignatureServerStatus> {
    if (this.#address.keyKind === 'management-key') return this.#call('GET', 'status', SignatureServerStatus)
    const { server, problem, state } = await this.#call('GET', '', SignaturesView)
    if (server) return server
    throw new CommandError(
      state === 'absent' ? 'This installation has no signature server.' : `The console does not reach its signature server: ${problem}`,
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

  /** @throws GuardError SIGNATURES_INVALID that names the line; CommandError when only the signature server can be asked: it reaches no node. */
  async startRuleTrial(start: StartRuleTrial): Promise<RuleTrialView> {
    if (this.#address.keyKind === 'management-key')
      throw new CommandError('Nodes try rules for the console only: give its address and --api-key-file instead of the management key.')
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
      throw new GuardError('BACKEND_UNAVAILABLE', `${url.origin} cannot be reached: ${messageOf(error)}.`, {}, { cause: error })
    }
    return this.#parse(answer, url, schema)
  }

  #parse<Answer>(answer: HttpAnswer, url: URL, schema: z.ZodType<Answer>): Answer {
    const parsed = parseJson(answer.body)
    if (answer.status >= 300) throw refusalOf(answer.status, parsed, url)
    const checked = schema.safeParse(parsed)
    if (checked.success) return checked.data
    const hint = this.#address.keyKind === 'api-key' ? 'Is it the address of the console?' : 'Is it the address of the signature server?'
    throw new CommandError(`${url.href} answers something else than it should. ${hint} ${z.prettifyError(checked.error).slice(0, 300)}`)
  }
}

/** The error for an answer that refuses; retryable ones are told by their code. */
function refusalOf(status: number, body: unknown, url: URL): Error {
  const problem = Problem.safeParse(body)
  if (!problem.success || !isApiErrorCode(problem.data.code)) return new CommandError(`${url.href} answered with status ${status}.`)
  const { code, detail } = problem.data
  const advice = status === 401 || status === 403 ? ' Make an API key with the scope signatures:write in the console.' : ''
  return new GuardError(code, `${asSentence(detail)}${advice}`)
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
