import type { ApiErrorCode } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { type HttpAnswer, sendRequest } from './http-request.js'
import { parseJson, problemError } from './problem-error.js'

/** A console and an API key. */
export interface ConsoleAddress {
  readonly url: URL
  readonly key: string
  /** Trusted CA certificates in PEM; defaults to those of the machine. */
  readonly ca: string | undefined
}

/** A server with a JSON API. */
export interface JsonServer {
  readonly headers: Readonly<Record<string, string>>
  /** Trusted CA certificates in PEM; defaults to those of the machine. */
  readonly ca: string | undefined
  /** For messages, such as "console". */
  readonly serverName: string
  readonly unavailableCode: ApiErrorCode
  /** What to do about a rejected key. */
  readonly keyAdvice: string
}

export interface JsonCall<Answer> {
  readonly method: string
  readonly url: URL
  readonly schema: z.ZodType<Answer>
  readonly body?: object | undefined
}

/** Sends a request and validates the response. @throws GuardError for an error response and without a response, CommandError for an unexpected response. */
export async function callJson<Answer>(server: JsonServer, { method, url, schema, body }: JsonCall<Answer>): Promise<Answer> {
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const headers = { ...server.headers, ...(content ? { 'content-type': 'application/json', 'content-length': content.length } : {}) }
  let answer: HttpAnswer
  try {
    answer = await sendRequest({ method, url, headers, ca: server.ca, ...(content ? { body: () => content } : {}) })
  } catch (cause) {
    const message = `The ${server.serverName} at ${url.origin} cannot be reached: ${messageOf(cause)}.`
    throw new GuardError(server.unavailableCode, message, {}, { cause })
  }
  const parsed = parseJson(answer.body)
  if (answer.status >= 300) throw problemError(answer.status, parsed, url, server.keyAdvice)
  const checked = schema.safeParse(parsed)
  if (checked.success) return checked.data
  const hint = `Check that the address is that of the ${server.serverName}.`
  throw new CommandError(`Unexpected response from ${url.href}. ${hint} ${z.prettifyError(checked.error).slice(0, 300)}`)
}
