import type { ChannelDriver, ChannelSecrets, Outcome, SendJob } from './channel-driver.js'
import { type HttpRequest, sendRequest } from './send-request.js'

/** A request with a JSON body. */
export interface JsonRequest {
  readonly url: URL
  /** Default: POST. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

interface HttpDriverOptions {
  /** Statuses other than 2xx that state that the receiver already has the message. */
  readonly repeatedStatuses?: readonly number[]
}

/** Builds a driver that posts one JSON document per message. @param build pure. */
export function httpDriver<Settings>(
  build: (job: Omit<SendJob<Settings>, 'transport'>) => JsonRequest,
  { repeatedStatuses = [] }: HttpDriverOptions = {},
): ChannelDriver<Settings> {
  return {
    send: async (job) => {
      const outcome = await sendRequest(toHttp(build(job), job.secrets), job.transport)
      return outcome.kind === 'answered' && repeatedStatuses.includes(outcome.statusCode) ? asDelivered(outcome) : outcome
    },
  }
}

function asDelivered({ statusCode, durationMs }: Extract<Outcome, { kind: 'answered' }>): Outcome {
  return { kind: 'delivered', statusCode, durationMs }
}

function toHttp({ url, method = 'POST', headers = {}, body }: JsonRequest, secrets: ChannelSecrets): HttpRequest {
  return {
    url,
    method,
    headers: { 'user-agent': 'guardimesh', accept: '*/*', ...customHeaders(secrets), ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Headers that a user has configured, by their lowercase name. Pure. */
export function customHeaders({ headers }: ChannelSecrets): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]))
}

/** Appends a path to the address of a receiver, which may have a prefix and a query. Pure. */
export function pathBelow(base: string, path: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  return url
}

/** Value of the header Authorization for a user and password. Pure. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
