import { isErrorCode, MIB_BYTES, Problem, SECOND_MS } from '@guardimesh/contracts'
import { type GetOptions, GuardError, getHttps, type HttpsAnswer, messageOf, readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'
import type { SignatureServerAddress } from '../../config/signature-server-config.js'

/** Name of the header that says for whom the backend asks. */
const ACTOR_HEADER = 'guardimesh-actor'
/** The server answers at once; what takes long goes on behind its answer. */
const CHANGE_TIMEOUT_MS = 15 * SECOND_MS
/** 50,000 hashes and 50 rule files, each with the longest reason, stay below it; a status has about 6 MB. */
const ANSWER_MAX_BYTES = 64 * MIB_BYTES
const MESSAGE_MAX_LENGTH = 1000
/** As in SignatureImport. */
const ACTOR_MAX_LENGTH = 200
/** What the server says about us, not about the person who asked us. */
const OUR_FAULT = new Set([401, 403])

/** A request that the signature server answers with JSON. */
export interface ServerCall<Answer> {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the server's address, without a slash in front: "v1/roll-out". */
  readonly path: string
  readonly body?: object
  /** Who asked the backend: an e-mail address, the label of an API key. Undefined: the request reads. */
  readonly actor?: string
  /** What the answer must be. */
  readonly answer: z.ZodType<Answer>
  readonly timeoutMs?: number
}

/** Speaks to the signature server for people and programs that the backend let through. */
export class SignatureServerClient {
  readonly #address: SignatureServerAddress | undefined

  /** @param address undefined: this installation has no signature server. */
  constructor(address: SignatureServerAddress | undefined) {
    this.#address = address
  }

  /** True when there is a signature server. */
  get isConfigured(): boolean {
    return this.#address !== undefined
  }

  /** True when changes can be made from here. */
  get canChange(): boolean {
    return this.#address?.managementKeyFile !== undefined
  }

  /**
   * Where a request of somebody goes, and what it must carry: the key and who it is for.
   *
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE when there is no server, or no key for it.
   */
  target(path: string, actor: string | undefined): { url: URL; caFile: string | undefined; headers: Record<string, string> } {
    const address = this.#address
    if (!address) throw serverUnavailable('this installation has no signature server')
    const { url, caFile, managementKeyFile } = address
    const target = new URL(path, url.href.endsWith('/') ? url : `${url.href}/`)
    if (actor === undefined) return { url: target, caFile, headers: {} }
    if (managementKeyFile === undefined)
      throw serverUnavailable('the backend has no key for the signature server; set SIGNATURE_SERVER_MANAGEMENT_KEY_FILE')
    return { url: target, caFile, headers: { authorization: `Bearer ${readKey(managementKeyFile)}`, [ACTOR_HEADER]: headerText(actor) } }
  }

  /**
   * Asks once.
   *
   * @throws GuardError what the server refused, by its own code and sentence; SIGNATURE_SERVER_UNAVAILABLE when it gave no answer of use.
   */
  async call<Answer>(call: ServerCall<Answer>): Promise<Answer> {
    const { url, caFile, headers } = this.target(call.path, call.actor)
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const answer = await this.#request(url, {
      caFile,
      method: call.method,
      timeoutMs: call.timeoutMs ?? CHANGE_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    })
    if (answer.status >= 200 && answer.status < 300) return parseAnswer(answer.body, call.answer)
    throw refusalOf(answer, url)
  }

  async #request(url: URL, options: GetOptions): Promise<HttpsAnswer> {
    try {
      return await getHttps(url.href, options)
    } catch (error) {
      throw serverUnavailable(messageOf(error), error)
    }
  }
}

/** The error for a signature server that is of no use now. */
export function serverUnavailable(why: string, cause?: unknown): GuardError {
  return new GuardError('SIGNATURE_SERVER_UNAVAILABLE', why.slice(0, MESSAGE_MAX_LENGTH), {}, { cause })
}

/** True when the server does not know our key, or wants another one: nothing that whoever asked us could mend. */
export function isCredentialError(status: number): boolean {
  return OUR_FAULT.has(status)
}

/** The error for a management key that the server does not take. */
export function managementKeyRejected(): GuardError {
  return serverUnavailable(
    "the signature server does not take the backend's management key: SIGNATURE_SERVER_MANAGEMENT_KEY_FILE here and MANAGEMENT_KEY_FILE there must be the same",
  )
}

function refusalOf({ status, body }: HttpsAnswer, url: URL): GuardError {
  if (isCredentialError(status)) return managementKeyRejected()
  const problem = Problem.safeParse(parseJson(body))
  if (!problem.success) return serverUnavailable(`${url} answered with status ${status}`)
  const { code, detail } = problem.data
  if (!isErrorCode(code) || code === 'INTERNAL') return serverUnavailable(`the signature server failed (${code}): ${detail}`)
  return new GuardError(code, detail, { server: 'signature-server' })
}

function parseAnswer<Answer>(body: Buffer, schema: z.ZodType<Answer>): Answer {
  const parsed = schema.safeParse(parseJson(body))
  if (parsed.success) return parsed.data
  throw serverUnavailable(
    `the answer of the signature server is not what it should be; are both of one version? ${z.prettifyError(parsed.error)}`,
  )
}

/** Undefined for what is no JSON. */
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

/** A name as the signature server takes it: printable ASCII. The audit log has it as it is. */
function headerText(name: string): string {
  return name.replaceAll(/[^ -~]/gu, '?').slice(0, ACTOR_MAX_LENGTH)
}
