import { type CreateException, type ExceptionCriteria, ExceptionPage, ExceptionPreview, ExceptionView } from '@guardimesh/contracts'
import type { z } from 'zod'
import { type ConsoleAddress, callJson, type JsonCall, type JsonServer } from '../net/call-json.js'

const PAGE_ROWS = 1000

/** Client for the exceptions of an installation. */
export class ExceptionClient {
  readonly #address: ConsoleAddress
  readonly #server: JsonServer

  constructor(address: ConsoleAddress) {
    this.#address = address
    this.#server = {
      headers: { authorization: `Bearer ${address.key}` },
      ca: address.ca,
      serverName: 'console',
      unavailableCode: 'BACKEND_UNAVAILABLE',
      keyAdvice: 'Create an API key with the scope exceptions:write in the console.',
    }
  }

  /** Returns all exceptions that match the filters of the API, newest first. */
  async list(filters: Readonly<Record<string, string>>): Promise<ExceptionView[]> {
    const found: ExceptionView[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = new URLSearchParams({ ...filters, limit: String(PAGE_ROWS), ...(cursor === '' ? {} : { cursor }) })
      const page: ExceptionPage = await this.#call('GET', `?${query}`, ExceptionPage)
      found.push(...page.items)
      cursor = page.nextCursor
    }
    return found
  }

  preview(criteria: ExceptionCriteria): Promise<ExceptionPreview> {
    return this.#call('POST', '/preview', ExceptionPreview, { criteria })
  }

  /** @throws GuardError EXCEPTION_TOO_BROAD without a required confirmation. */
  create(exception: CreateException): Promise<ExceptionView> {
    return this.#call('POST', '', ExceptionView, exception)
  }

  revoke(exceptionId: number): Promise<ExceptionView> {
    return this.#call('POST', `/${exceptionId}/revoke`, ExceptionView)
  }

  #call<Answer>(method: string, path: string, schema: z.ZodType<Answer>, body?: JsonCall<Answer>['body']): Promise<Answer> {
    const { url } = this.#address
    return callJson(this.#server, { method, url: new URL(`${url.pathname.replace(/\/$/, '')}/api/exceptions${path}`, url), schema, body })
  }
}
