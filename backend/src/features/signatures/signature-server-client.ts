import { isApiErrorCode, MIB_BYTES, Problem, SECOND_MS } from '@guardimesh/contracts'
import { failureReasonOf, GuardError, JsonClient, type JsonRequest, type JsonResponse, messageOf, readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'
import type { SignatureServerAddress } from '../../config/signature-server-config.js'

/** Header with the user for whom the backend sends a request. */
const ACTOR_HEADER = 'guardimesh-actor'
/** The server responds immediately; long operations continue in the background. */
const CHANGE_TIMEOUT_MS = 15 * SECOND_MS
/** Maximum response size, above 50,000 hashes and 50 rule files with the longest reasons; a status has about 6 MB. */
const RESPONSE_MAX_BYTES = 64 * MIB_BYTES
const MESSAGE_MAX_LENGTH = 1000
/** Maximum of SignatureImport. */
const ACTOR_MAX_LENGTH = 200
/** Statuses about the backend's own credentials, not about the user. */
const CREDENTIAL_STATUSES = new Set([401, 403])

/** A request with a JSON response. */
export interface ServerCall<Answer> {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Relative to the server's URL, without a leading slash: "v1/roll-out". */
  readonly path: string
  readonly body?: object
  /** User of the backend: an email address or the label of an API key. Undefined for reads. */
  readonly actor?: string
  /** Schema of the response. */
  readonly answer: z.ZodType<Answer>
  readonly timeoutMs?: number
}

/** Client of the signature server, on behalf of authenticated users of the backend. */
export class SignatureServerClient {
  readonly #address: SignatureServerAddress | undefined

  /** @param address undefined: no signature server is configured. */
  constructor(address: SignatureServerAddress | undefined) {
    this.#address = address
  }

  /** True if a signature server is configured. */
  get isConfigured(): boolean {
    return this.#address !== undefined
  }

  /** True if the backend has the management key. */
  get canChange(): boolean {
    return this.#address?.managementKeyFile !== undefined
  }

  /**
   * Returns URL, certificate authorities and headers of a request.
   *
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE without a signature server or, for changes, without a management key.
   */
  target(path: string, actor: string | undefined): { url: URL; caFile: string | undefined; headers: Record<string, string> } {
    const address = this.#address
    if (!address) throw serverUnavailable('no signature server is configured')
    const { url, caFile, managementKeyFile } = address
    const target = new URL(path, url.href.endsWith('/') ? url : `${url.href}/`)
    const authorization = managementKeyFile === undefined ? undefined : `Bearer ${readKey(managementKeyFile)}`
    if (actor === undefined) return { url: target, caFile, headers: authorization === undefined ? {} : { authorization } }
    if (authorization === undefined)
      throw serverUnavailable('the backend has no management key for the signature server; set SIGNATURE_SERVER_MANAGEMENT_KEY_FILE')
    return { url: target, caFile, headers: { authorization, [ACTOR_HEADER]: headerText(actor) } }
  }

  /**
   * Sends one request.
   *
   * @throws GuardError with the code and message of the server; SIGNATURE_SERVER_UNAVAILABLE without a valid response.
   */
  async call<Answer>(call: ServerCall<Answer>): Promise<Answer> {
    const { url, caFile, headers } = this.target(call.path, call.actor)
    const { method, body: json, timeoutMs = CHANGE_TIMEOUT_MS } = call
    const answer = await send(url, caFile, { method, path: `${url.pathname}${url.search}`, headers, json, timeoutMs })
    if (answer.isOk) return parseAnswer(answer.bytes, call.answer)
    throw errorOf(answer, url)
  }
}

/** Creates the error for an unavailable signature server. */
export function serverUnavailable(why: string, cause?: unknown): GuardError {
  return new GuardError('SIGNATURE_SERVER_UNAVAILABLE', why.slice(0, MESSAGE_MAX_LENGTH), {}, { cause })
}

/** True if the server rejected the backend's credentials, which the user cannot fix. */
export function isCredentialError(status: number): boolean {
  return CREDENTIAL_STATUSES.has(status)
}

/** Creates the error for a rejected management key. */
export function managementKeyRejected(): GuardError {
  return serverUnavailable(
    "the signature server rejected the backend's management key; SIGNATURE_SERVER_MANAGEMENT_KEY_FILE of the backend and MANAGEMENT_KEY_FILE of the signature server must match",
  )
}

/** Sends a request on a connection of its own, because an invalid CA file must not fail the start of the backend. */
async function send(url: URL, caFile: string | undefined, request: JsonRequest): Promise<JsonResponse> {
  try {
    const limits = { timeoutMs: CHANGE_TIMEOUT_MS, maxResponseBytes: RESPONSE_MAX_BYTES }
    using client = new JsonClient({ baseUrl: url.origin, caFile, keepAlive: false, ...limits })
    return await client.send(request)
  } catch (error) {
    throw serverUnavailable(`${url.href} is unreachable: ${failureReasonOf(error)}`, error)
  }
}

function errorOf({ status, bytes }: JsonResponse, url: URL): GuardError {
  if (isCredentialError(status)) return managementKeyRejected()
  const problem = Problem.safeParse(parseJson(bytes))
  if (!problem.success) return serverUnavailable(`${url} responded with status ${status}`)
  const { code, detail } = problem.data
  if (!isApiErrorCode(code) || code === 'INTERNAL') return serverUnavailable(`the signature server failed (${code}): ${detail}`)
  return new GuardError(code, detail, { server: 'signature-server' })
}

function parseAnswer<Answer>(body: Buffer, schema: z.ZodType<Answer>): Answer {
  const parsed = schema.safeParse(parseJson(body))
  if (parsed.success) return parsed.data
  throw serverUnavailable(
    `the response of the signature server is invalid; check that both have the same version: ${z.prettifyError(parsed.error)}`,
  )
}

/** Parses JSON; undefined if it is invalid. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function readKey(path: string): string {
  try {
    return readSecretFile(path)
  } catch (error) {
    throw serverUnavailable(messageOf(error), error)
  }
}

/** Converts a name to printable ASCII for a header. The audit log contains the original name. */
function headerText(name: string): string {
  return name.replaceAll(/[^ -~]/gu, '?').slice(0, ACTOR_MAX_LENGTH)
}
