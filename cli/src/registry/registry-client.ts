import { messageOf, systemCodeOf } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { type HttpAnswer, type HttpRequest, sendRequest } from '../net/http-request.js'
import { sendWhenReady } from './busy-registry.js'
import { type Challenge, parseChallenges } from './challenges.js'
import { refusalOf } from './refusal.js'
import { isLoopback, type RegistryAddress } from './registry-address.js'
import { UploadPlanner } from './upload-plan.js'

export interface RegistryCredentials {
  readonly username: string
  readonly password: string
}

export interface RegistryOptions {
  readonly address: RegistryAddress
  readonly credentials?: RegistryCredentials | undefined
  readonly ca?: string | undefined
  /** Maximum time without progress of a request. */
  readonly idleTimeoutMs?: number
}

/** An answer, and the address that gave it. */
export interface RegistryAnswer extends HttpAnswer {
  readonly url: URL
}

/** A request that was not answered; a second attempt may succeed. */
export class RegistryUnreachableError extends CommandError {}

/** Source: distribution's token authentication specification. */
const TokenAnswer = z.object({ token: z.string().nullish(), access_token: z.string().nullish() })
const REDIRECTS = new Set([307, 308])
const REDIRECTS_MAX = 5
/** Node's error codes for untrusted certificates. */
const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]

/** Client of a registry without authentication, with basic authentication or with tokens. */
export class RegistryClient {
  /** How this registry accepts blobs. */
  readonly uploads = new UploadPlanner()
  readonly #options: RegistryOptions
  /** Tokens by scope; an expired one is replaced when the registry rejects it. */
  readonly #authorizations = new Map<string, string>()

  constructor(options: RegistryOptions) {
    const { address, credentials } = options
    if (credentials && address.origin.startsWith('http:') && !isLoopback(new URL(address.origin).hostname))
      throw new CommandError(`The password cannot be sent to ${address.host} without encryption: omit --plain-http, or the user name.`)
    this.#options = options
  }

  get address(): RegistryAddress {
    return this.#options.address
  }

  /**
   * Follows redirects that repeat the request (307, 308), except those of HEAD, which only reads the answer.
   *
   * @param scope requested permissions: "repository:security/backend:pull,push".
   * @param request its path may be an address: a registry may move an upload to another host, which must not receive the credentials.
   */
  async send(scope: string, request: Omit<HttpRequest, 'url'> & { readonly path: string }, redirects = 0): Promise<RegistryAnswer> {
    const own = new URL(this.#options.address.origin)
    const url = new URL(request.path, own)
    // A registry behind a proxy that terminates TLS returns http URLs of itself.
    if (url.host === own.host) url.protocol = own.protocol
    const isOwn = url.origin === own.origin
    const attempt = (authorization: string | undefined) =>
      this.#request({ ...request, url, headers: { ...request.headers, ...(authorization && isOwn ? { authorization } : {}) } })
    const first = await attempt(this.#authorizations.get(scope))
    const answer = first.status === 401 && isOwn ? await this.#sendWithLogin(first, scope, attempt) : first
    const target = REDIRECTS.has(answer.status) && request.method !== 'HEAD' ? answer.headers.location : undefined
    if (target === undefined || redirects === REDIRECTS_MAX) return { ...answer, url }
    return this.send(scope, { ...request, path: resolveLocation(target, url) }, redirects + 1)
  }

  /** Tries the offered ways to authenticate until one is accepted. */
  async #sendWithLogin(refusal: HttpAnswer, scope: string, attempt: (authorization: string) => Promise<HttpAnswer>): Promise<HttpAnswer> {
    let failure = new CommandError(`${this.address.host} requires authentication: specify --username and --password-file.`)
    for (const challenge of parseChallenges(String(refusal.headers['www-authenticate'] ?? ''))) {
      try {
        const authorization = await this.#authorize(challenge, scope)
        const answer = await attempt(authorization)
        if (answer.status === 401 || answer.status === 403) throw this.#refused(answer)
        this.#authorizations.set(scope, authorization)
        return answer
      } catch (error) {
        if (!(error instanceof CommandError) || error instanceof RegistryUnreachableError) throw error
        failure = error
      }
    }
    throw failure
  }

  async #request(request: HttpRequest): Promise<HttpAnswer> {
    const { ca, idleTimeoutMs } = this.#options
    try {
      return await sendWhenReady(request, () => sendRequest({ ...request, ca, idleTimeoutMs }))
    } catch (error) {
      const code = systemCodeOf(error) ?? ''
      const { host } = request.url
      if (UNTRUSTED.includes(code))
        throw new CommandError(`The certificate of ${host} is not trusted: specify its authority with --ca-file.`, { cause: error })
      if (code === 'EPROTO') throw new CommandError(`${host} does not use TLS: is --plain-http intended?`, { cause: error })
      if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        throw new CommandError(`The name ${host} cannot be resolved: check the name of the registry and this machine's DNS.`, {
          cause: error,
        })
      throw new RegistryUnreachableError(`The request to ${host} failed: ${reasonOf(error)}.`, { cause: error })
    }
  }

  async #authorize({ scheme, parameters }: Challenge, scope: string): Promise<string> {
    const { credentials } = this.#options
    const basic = credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
    if (scheme === 'bearer') return `Bearer ${await this.#fetchToken(parameters, scope, basic)}`
    if (!basic) throw new CommandError(`${this.address.host} requires authentication: specify --username and --password-file.`)
    return basic
  }

  async #fetchToken(parameters: Challenge['parameters'], scope: string, basic: string | undefined): Promise<string> {
    const realm = URL.parse(parameters.get('realm') ?? '')
    if (!realm) throw new CommandError(`${this.address.host} requires a token, but names no valid address of a token server.`)
    if (basic && realm.protocol !== 'https:' && !isLoopback(realm.hostname))
      throw new CommandError(
        `${this.address.host} requires sending the credentials to ${realm.origin} without encryption, which is not allowed.`,
      )
    const service = parameters.get('service')
    if (service !== undefined) realm.searchParams.set('service', service)
    for (const one of scope.split(' ')) realm.searchParams.append('scope', one)
    const answer = await this.#request({ method: 'GET', url: realm, headers: basic ? { authorization: basic } : {} })
    if (answer.status !== 200) throw this.#refused(answer)
    try {
      const { token, access_token: accessToken } = TokenAnswer.parse(JSON.parse(answer.body.toString('utf8')))
      const value = token || accessToken
      if (!value) throw new Error('the response contains no token')
      return value
    } catch (error) {
      throw new CommandError(`${realm.host} returned no token: ${messageOf(error)}.`, { cause: error })
    }
  }

  #refused(answer: HttpAnswer): CommandError {
    const why = this.#options.credentials
      ? 'wrong credentials, or the account lacks the permission'
      : 'authentication is required: specify --username and --password-file'
    return new CommandError(`${this.address.host} rejected the request (${refusalOf(answer)}): ${why}.`)
  }
}

/** Resolves the "location" header of an answer. Pure. @throws CommandError when it is no address of a web server. */
export function resolveLocation(location: string, base: URL): string {
  const url = URL.parse(location, base.href)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new CommandError(`${base.host} returned an invalid location, "${location}": it is not an OCI registry.`)
  return url.href
}

/** Node reports a refused connection to a name with several addresses as an AggregateError without a message. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error]
  return messageOf(first).replace(/\.$/, '')
}
