import type { IncomingHttpHeaders } from 'node:http'
import { messageOf } from '../errors/guard-error.js'

/** Validator of parsed JSON, such as a zod schema. */
export interface JsonSchema<Value> {
  parse(raw: unknown): Value
}

/** A complete HTTP response. */
export class JsonResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The body as received. */
  readonly bytes: Buffer
  readonly #request: string

  /** @param request method and URL, for error messages. */
  constructor(request: string, status: number, headers: IncomingHttpHeaders, bytes: Buffer) {
    this.#request = request
    this.status = status
    this.headers = headers
    this.bytes = bytes
  }

  /** Whether the status is 2xx. */
  get isOk(): boolean {
    return this.status >= 200 && this.status < 300
  }

  text(): string {
    return this.bytes.toString('utf8')
  }

  /**
   * Parses the body, and validates it when a schema is given.
   *
   * @throws Error if the body is not JSON or does not match the schema.
   */
  json(): unknown
  json<Value>(schema: JsonSchema<Value>): Value
  json<Value>(schema?: JsonSchema<Value>): unknown {
    try {
      const parsed: unknown = JSON.parse(this.text())
      return schema ? schema.parse(parsed) : parsed
    } catch (error) {
      throw new Error(`invalid response of ${this.#request} (status ${this.status}): ${messageOf(error)}`, { cause: error })
    }
  }
}
