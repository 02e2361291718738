import type { IncomingMessage } from 'node:http'
import { AuditPage, AuditVerification, KIB_BYTES } from '@guardimesh/contracts'
import { GuardError, messageOf, readBounded } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { openResponse } from '../net/http-request.js'
import { parseJson, problemError } from '../net/problem-error.js'

/** Address of the console, and an API key with the scope audit:read. */
export interface AuditAddress {
  readonly url: URL
  readonly key: string
  readonly ca: string | undefined
}

/** Query parameters; undefined ones are omitted. */
export type AuditParameters = Readonly<Record<string, string | undefined>>

const PAGE_MAX_BYTES = 16 * 1024 * KIB_BYTES
const ADVICE = 'Create an API key with the scope audit:read in the console.'

/** Client for the audit log of an installation. Methods throw GuardError for an error response and an unreachable console. */
export class AuditClient {
  readonly #address: AuditAddress

  constructor(address: AuditAddress) {
    this.#address = address
  }

  list(parameters: AuditParameters): Promise<AuditPage> {
    return this.#read('/api/audit', parameters, AuditPage)
  }

  verify(parameters: AuditParameters): Promise<AuditVerification> {
    return this.#read('/api/audit/verify', parameters, AuditVerification)
  }

  /** Returns the response with the file as its body. */
  openExport(parameters: AuditParameters): Promise<IncomingMessage> {
    return this.#open(this.#urlOf('/api/audit/export', parameters))
  }

  async #read<Answer>(path: string, parameters: AuditParameters, schema: z.ZodType<Answer>): Promise<Answer> {
    const url = this.#urlOf(path, parameters)
    const response = await this.#open(url)
    const checked = schema.safeParse(parseJson(await readBounded(response, PAGE_MAX_BYTES, { name: 'the response' })))
    if (checked.success) return checked.data
    throw new CommandError(
      `Unexpected response from ${url.href}. Check that the address is that of the console. ${z.prettifyError(checked.error).slice(0, 300)}`,
    )
  }

  async #open(url: URL): Promise<IncomingMessage> {
    const { key, ca } = this.#address
    const response = await openResponse({ method: 'GET', url, headers: { authorization: `Bearer ${key}` }, ca }).catch((cause: unknown) => {
      throw new GuardError('BACKEND_UNAVAILABLE', `The console at ${url.origin} cannot be reached: ${messageOf(cause)}.`, {}, { cause })
    })
    const status = response.statusCode ?? 0
    if (status === 200) return response
    throw problemError(status, parseJson(await readBounded(response, PAGE_MAX_BYTES, { name: 'the response' })), url, ADVICE)
  }

  #urlOf(path: string, parameters: AuditParameters): URL {
    const url = new URL(`${this.#address.url.pathname.replace(/\/$/, '')}${path}`, this.#address.url)
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
    return url
  }
}
